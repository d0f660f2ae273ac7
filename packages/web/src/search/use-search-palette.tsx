import { type ReactNode, useState } from "react"
import { type Entry, visited } from "./entries.ts"
import { SearchPalette } from "./search-palette.tsx"

/** The search as the shell holds it: what opens it, and what it shows while it is open. */
export interface SearchPaletteHeld {
  /** Opens it; the key that asked for it is not typed. */
  readonly open: (event?: KeyboardEvent) => void
  readonly palette: ReactNode
}

/** Answers the search, which remembers where it led as long as the page stays open: nothing of it outlives the session. */
export function useSearchPalette(): SearchPaletteHeld {
  const [isOpen, setIsOpen] = useState(false)
  const [recent, setRecent] = useState<readonly Entry[]>([])
  return {
    open: (event) => {
      event?.preventDefault()
      setIsOpen(true)
    },
    palette: isOpen && (
      <SearchPalette
        onClose={() => setIsOpen(false)}
        recent={recent}
        onVisit={(entry) => setRecent((before) => visited(before, entry))}
      />
    ),
  }
}
