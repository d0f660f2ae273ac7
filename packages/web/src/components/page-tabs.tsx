import { Tabs } from "radix-ui"
import { type ReactNode, useEffect, useRef } from "react"

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
    const trigger = list.current?.querySelector(`[data-part="${CSS.escape(shown)}"]`)
    trigger?.scrollIntoView({ block: "nearest", inline: "nearest" })
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
