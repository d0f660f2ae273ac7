/** The ground of a row in a list; the one that is open beside it is marked at its edge. */
export function rowGround(isOpen: boolean): string {
  return isOpen ? "bg-hover shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-panel"
}

/** How a row looks that opens beside its list; the open one is marked. */
export function rowLook(isOpen: boolean): string {
  return `py-2 -outline-offset-2 ${rowGround(isOpen)}`
}
