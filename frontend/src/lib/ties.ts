// Which lines and points of a map of partnerships stand out when one of them is pointed at.

export interface Tie {
  one: string;
  other: string;
}

/** Return the partners of an entity, itself among them; nothing where it has none. */
export function partners(ties: readonly Tie[], entity: string): Set<string> {
  const found = new Set<string>();
  for (const tie of ties) {
    if (tie.one === entity || tie.other === entity) {
      found.add(tie.one);
      found.add(tie.other);
    }
  }
  return found;
}

/** Tell whether a tie belongs to an entity. */
export function touches(tie: Tie, entity: string): boolean {
  return tie.one === entity || tie.other === entity;
}
