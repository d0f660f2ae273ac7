import { useWindowVirtualizer } from "@tanstack/react-virtual"
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react"

/** How many rows before the end the next page is asked for. */
const AHEAD = 30

/** Rows of which only those in sight exist in the page; as the end comes near, more are read. */
export function VirtualRows<Item extends { readonly id: string }>(props: {
  /** What the rows are, for whoever hears the page. */
  label: string
  items: readonly Item[]
  /** How high a row is before it was drawn, in pixels. */
  height: number
  more: (() => void) | undefined
  children: (item: Item) => ReactNode
}): ReactNode {
  const { items, more } = props
  const list = useRef<HTMLUListElement>(null)
  const virtual = useRowsInSight(list, items, props.height)
  const shown = virtual.getVirtualItems()
  const nearEnd = (shown.at(-1)?.index ?? 0) >= items.length - AHEAD
  useEffect(() => {
    if (nearEnd) more?.()
  }, [nearEnd, more])
  return (
    <ul ref={list} aria-label={props.label} className="relative" style={{ height: virtual.getTotalSize() }}>
      {shown.map(({ index, key, start }) => {
        const item = items[index]
        return (
          item && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={more ? -1 : items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 border-b"
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              {props.children(item)}
            </li>
          )
        )
      })}
    </ul>
  )
}

function useRowsInSight(
  list: React.RefObject<HTMLUListElement | null>,
  items: readonly { readonly id: string }[],
  height: number,
) {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0
    setMargin(Math.round(top + window.scrollY))
  }, [list, items])
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the rows are not memoised
  return useWindowVirtualizer({
    count: items.length,
    estimateSize: () => height,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 12,
    scrollMargin: margin,
  })
}
