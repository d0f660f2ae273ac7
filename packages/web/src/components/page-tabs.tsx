import { Tabs } from "radix-ui"
import { type ReactNode, useEffect, useRef } from "react"

/** How much of its neighbours is seen beside the name of the part that is shown. */
const BESIDE_PX = 32

/** The parts of a page, one of them shown; which one is for the page to keep in its address. */
export function PageTabs<Name extends string>(props: {
  names: readonly Name[]
  shown: Name
  onShow: (name: Name) => void
  label: (name: Name) => ReactNode
  /** A part that is still there, as it was left, after a look at another. */
  kept?: Name
  children: (name: Name) => ReactNode
}): ReactNode {
  const { names, shown, kept } = props
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const row = list.current
    if (!row) return
    // Told of the first width, too, and of each that follows as a phone is turned.
    const widths = new ResizeObserver(() => reveal(row, shown))
    widths.observe(row)
    return () => widths.disconnect()
  }, [shown])
  const show = (asked: string): void => {
    const name = names.find((one) => one === asked)
    if (name !== undefined) props.onShow(name)
  }
  return (
    <Tabs.Root value={shown} onValueChange={show}>
      <Tabs.List
        ref={list}
        className="flex gap-5 overflow-x-auto scroll-px-8 shadow-[inset_0_-1px_0_var(--color-line)] max-md:-mx-4 max-md:px-4"
        aria-label="Parts of this page"
      >
        {names.map((name) => (
          <Tabs.Trigger
            key={name}
            value={name}
            data-part={name}
            className="flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink max-md:h-11"
          >
            {props.label(name)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Content
          key={name}
          value={name}
          {...(name === kept && { forceMount: true })}
          className="pt-5 outline-none data-[state=inactive]:hidden"
        >
          {props.children(name)}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}

/** Scrolls the names alone, never the page, until that of the part that is shown is in sight. */
function reveal(row: HTMLElement, part: string): void {
  const name = row.querySelector(`[data-part="${CSS.escape(part)}"]`)?.getBoundingClientRect()
  if (!name) return
  const { left, right } = row.getBoundingClientRect()
  if (name.right > right - BESIDE_PX) row.scrollLeft += name.right - right + BESIDE_PX
  if (name.left < left + BESIDE_PX) row.scrollLeft -= left + BESIDE_PX - name.left
}
