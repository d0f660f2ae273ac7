import { useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual"
import { type RefObject, useLayoutEffect, useState } from "react"

/** Answers which rows of a list are in sight of the window, so that ten thousand scroll like ten. */
export function useRowsInSight(
  body: RefObject<HTMLDivElement | null>,
  count: number,
  height: number,
): Virtualizer<Window, Element> {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => setMargin(body.current?.offsetTop ?? 0), [body])
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and what reads it is not memoised
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: margin,
  })
  useLayoutEffect(() => virtual.measure(), [virtual, height])
  return virtual
}
