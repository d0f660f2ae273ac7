import { type ReactNode, useEffect, useRef } from "react"
import { useShortcuts } from "../shell/shortcuts.ts"
import { Icon } from "./icon.tsx"

/** As wide as a screen has to be for both, list and drawer. */
const BESIDE = "(min-width: 1024px)"

/** The grid of a list and the drawer beside it; on a narrow screen the drawer lies over the list. */
export const WITH_DRAWER = "grid gap-x-8 lg:grid-cols-[minmax(0,1fr)_26rem]"

/** A list, and beside it what is opened of it; on a narrow screen that lies over the list. */
export function WithDrawer({ drawer, children }: { drawer: ReactNode; children: ReactNode }): ReactNode {
  return (
    <div className={drawer ? WITH_DRAWER : ""}>
      <div className="min-w-0">{children}</div>
      {drawer}
    </div>
  )
}

/** One thing beside its list, under its kind's name: `Person`. Escape closes it. */
export function Drawer(props: { kind: string; onClose: () => void; children: ReactNode }): ReactNode {
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => {
    // Beside the list the keyboard stays in the list, so that one goes on with j, k and Enter.
    if (!window.matchMedia(BESIDE).matches) drawer.current?.focus({ preventScroll: true })
  }, [])
  useShortcuts({ Escape: props.onClose })
  return (
    <aside
      ref={drawer}
      tabIndex={-1}
      aria-label={props.kind}
      className="appear bg-ground outline-none max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-40 max-lg:w-full max-lg:max-w-md max-lg:overflow-y-auto max-lg:p-5 max-lg:pb-20 max-lg:shadow-float lg:sticky lg:top-16 lg:h-[calc(100dvh-5rem)] lg:overflow-y-auto lg:-mr-1 lg:border-l lg:pr-1 lg:pl-6"
    >
      <button
        type="button"
        aria-label={`Close the ${props.kind.toLowerCase()}`}
        onClick={props.onClose}
        className="sticky top-0 z-10 float-right grid size-7 place-items-center rounded-md bg-ground text-faint hover:bg-hover hover:text-ink max-md:-mt-2.5 max-md:-mr-2 max-md:size-10"
      >
        <Icon name="cross" />
      </button>
      {props.children}
    </aside>
  )
}

/** A part of what a drawer tells, under its own heading. */
export function DrawerPart({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

/** A name and a value in a drawer, beside each other. */
export function DrawerFact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] items-baseline gap-x-3 py-1">
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}
