// What a running piece of work says of itself, checked before it is shown.

export type State = "running" | "done" | "failed" | "cancelled";

export interface Report {
  state: State;
  /** From 0 to 1; null while it cannot be known. */
  fraction: number | null;
  /** One line: what is reached, such as "weight 612 of at most 615". */
  text: string;
  /** A second, quieter one: "planning, 14 s". */
  detail: string;
  /** Where to go when it has ended. */
  next: string | null;
}

const STATES: readonly string[] = ["running", "done", "failed", "cancelled"];

/** Read a report, or null where the document is not one. */
export function read(document: unknown): Report | null {
  if (typeof document !== "object" || document === null) return null;
  const { state, fraction, text, detail, next } = document as Record<string, unknown>;
  if (typeof state !== "string" || !STATES.includes(state)) return null;
  return {
    state: state as State,
    fraction: typeof fraction === "number" ? Math.min(1, Math.max(0, fraction)) : null,
    text: typeof text === "string" ? text : "",
    detail: typeof detail === "string" ? detail : "",
    next: typeof next === "string" && next.startsWith("/") && !next.startsWith("//") ? next : null,
  };
}

/** Milliseconds until the next question: quick at first, calm later, patient after failures. */
export function pause(asked: number, failures: number): number {
  if (failures > 0) return Math.min(30_000, 1000 * 2 ** failures);
  return asked < 10 ? 500 : 1500;
}
