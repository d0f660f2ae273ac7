import { lazy, type ReactNode, Suspense, useEffect, useState } from "react"
import { type Entry, visited } from "./entries.ts"

const loadPalette = () => import("./search-palette.tsx")
const SearchPalette = lazy(async () => ({ default: (await loadPalette()).SearchPalette }))

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
  // Fetched behind the first page, so that no key is lost between the one that opens it and what is typed next.
  useEffect(() => void loadPalette().catch(() => undefined), [])
  return {
    open: (event) => {
      event?.preventDefault()
      setIsOpen(true)
    },
    palette: isOpen && (
      <Suspense fallback={null}>
        <SearchPalette
          onClose={() => setIsOpen(false)}
          recent={recent}
          onVisit={(entry) => setRecent((before) => visited(before, entry))}
        />
      </Suspense>
    ),
  }
}
