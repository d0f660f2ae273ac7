/** How a row looks that opens beside its list; the open one is marked. */
export function rowLook(isOpen: boolean): string {
  return `py-2 -outline-offset-2 ${isOpen ? "bg-hover" : "hover:bg-panel"}`
}
