const ENDING = 6

/** Shortens an id to its kind and its ending: the beginning of a time-sorted id is the same for a whole day. */
export function shortId(id: string): string {
  const cut = id.indexOf("_")
  if (cut < 0 || id.length <= cut + 1 + ENDING) return id
  return `${id.slice(0, cut + 1)}…${id.slice(-ENDING)}`
}
