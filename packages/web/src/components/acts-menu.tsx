import { DropdownMenu } from "radix-ui"
import type { ReactNode } from "react"
import { Icon } from "./icon.tsx"

/** One act of a menu. */
export interface MenuAct {
  /** What it does, as a verb. */
  readonly words: string
  readonly onSelect: () => void
  /** It cannot be taken back. */
  readonly final?: boolean
}

const SIZES = { usual: "size-8 max-md:size-10", small: "size-6 max-md:size-8" } as const

/** The acts that one has to look for, behind three dots; no dots where there is none. */
export function ActsMenu(props: {
  label: string
  acts: readonly (MenuAct | false)[]
  /** As the buttons beside it. */
  size?: "usual" | "small"
}): ReactNode {
  const acts = props.acts.filter((act) => act !== false)
  if (acts.length === 0) return null
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={props.label}
        className={`grid shrink-0 place-items-center rounded-md border border-edge text-soft hover:bg-hover hover:text-ink data-[state=open]:bg-hover ${SIZES[props.size ?? "usual"]}`}
      >
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 w-max max-w-[92vw] min-w-48 rounded-lg bg-float p-1 shadow-float"
        >
          {acts.map(({ words, onSelect, final = false }) => (
            <DropdownMenu.Item
              key={words}
              onSelect={onSelect}
              className={`flex h-8 items-center rounded-md px-2.5 whitespace-nowrap outline-none data-highlighted:bg-hover max-md:h-10 ${final ? "text-deny" : ""}`}
            >
              {words}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
