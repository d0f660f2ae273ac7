import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react"
import { type Entry, visited } from "./entries.ts"
import type { SearchPaletteProps } from "./search-palette.tsx"

type Palette = ComponentType<SearchPaletteProps>

const loadPalette = () => import("./search-palette.tsx")
const LatePalette: Palette = lazy(async () => ({ default: (await loadPalette()).SearchPalette }))

/** The search as the shell holds it: what opens it, and what it shows while it is open. */
export interface SearchPaletteHeld {
  /** Opens it; the key that asked for it is not typed. */
  readonly open: (event?: KeyboardEvent) => void
  readonly palette: ReactNode
}

/** Answers the search, which remembers where it led as long as the page stays open: nothing of it outlives the session. */
export function useSearchPalette(): SearchPaletteHeld {
  const [opened, setOpened] = useState<{ readonly as: Palette }>()
  const [recent, setRecent] = useState<readonly Entry[]>([])
  const loaded = useLoaded()
  const Shown = opened?.as
  return {
    open: (event) => {
      event?.preventDefault()
      setOpened((before) => before ?? { as: loaded.current })
    },
    palette: Shown && (
      <Suspense fallback={null}>
        <Shown
          onClose={() => setOpened(undefined)}
          recent={recent}
          onVisit={(entry) => setRecent((before) => visited(before, entry))}
        />
      </Suspense>
    ),
  }
}

/**
 * Fetches the palette behind the first page and holds the part itself: a lazy one that is there shows a third of a second
 * late all the same, and what is typed meanwhile is lost.
 */
function useLoaded(): { readonly current: Palette } {
  const loaded = useRef<Palette>(LatePalette)
  useEffect(() => {
    void loadPalette().then(
      ({ SearchPalette }) => void (loaded.current = SearchPalette),
      () => undefined,
    )
  }, [])
  return loaded
}
