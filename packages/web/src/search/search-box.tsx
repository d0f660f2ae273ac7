import type { ReactNode } from "react"
import { Icon } from "../components/icon.tsx"

/** What opens the search: a box on a wide screen, a sign on a narrow one. */
export function SearchBox({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-haspopup="dialog"
      className="flex h-8 items-center gap-2 rounded-md text-faint hover:text-ink max-md:size-8 max-md:justify-center max-md:text-soft max-md:hover:bg-hover md:w-64 md:border md:border-edge md:px-2.5 lg:w-80"
    >
      <Icon name="search" className="size-4 md:size-3.5" />
      <span className="max-md:sr-only">Search everything</span>
      <kbd aria-hidden="true" className="ml-auto rounded border px-1 font-sans text-small max-md:hidden">
        ⌘K
      </kbd>
    </button>
  )
}
