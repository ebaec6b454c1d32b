// Where a key leads on a board of columns (rooms) and rows (times).

export interface Place {
  column: number;
  start: number;
  end: number;
}

export type Direction = "up" | "down" | "left" | "right";

/**
 * The place nearest to `from` in a direction: up and down stay in the column; left and right go to the next column
 * that holds anything, and there to what overlaps `from` in time or, failing that, lies nearest to it.
 *
 * Returns the index in `places`, or -1 where there is nothing in that direction.
 */
export function nearest(places: readonly Place[], from: Place, direction: Direction): number {
  const along = direction === "up" || direction === "down";
  const sign = direction === "down" || direction === "right" ? 1 : -1;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, place] of places.entries()) {
    const columns = (place.column - from.column) * sign;
    const rows = (place.start - from.start) * sign;
    if (along ? columns !== 0 || rows <= 0 : columns <= 0) continue;
    const distance = along ? rows : columns * 1e6 + gap(place, from);
    if (distance < least) {
      least = distance;
      best = index;
    }
  }
  return best;
}

/** Rows between two places: less than nothing the more they overlap. */
function gap(a: Place, b: Place): number {
  return Math.max(a.start - b.end, b.start - a.end);
}
