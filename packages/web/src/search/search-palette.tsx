import { useRouter } from "@tanstack/react-router"
import { Dialog as Radix } from "radix-ui"
import { type ReactNode, useId, useState } from "react"
import { lookedFor } from "../words/match-marks.ts"
import { type Entry, stepped } from "./entries.ts"
import { SearchFaces } from "./search-faces.tsx"
import { SearchList } from "./search-list.tsx"
import { type KeyAct, TypedField } from "./typed-field.tsx"
import { useEntries } from "./use-entries.ts"

/** What the palette is opened with. */
export interface SearchPaletteProps {
  readonly onClose: () => void
  readonly recent: readonly Entry[]
  readonly onVisit: (entry: Entry) => void
}

/** Searches everything, and leads there: typed, gone through by arrows, opened by Enter. */
export function SearchPalette(props: SearchPaletteProps): ReactNode {
  const [before] = useState(() => document.activeElement)
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Radix.Portal>
        <div data-veil="" className="appear fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            // By itself the library gives the keyboard back to its own buttons alone.
            event.preventDefault()
            if (before instanceof HTMLElement) before.focus()
          }}
          className="appear fixed inset-0 z-50 flex flex-col bg-float outline-none md:inset-x-auto md:inset-y-auto md:top-[12vh] md:left-1/2 md:max-h-[70vh] md:w-[40rem] md:-translate-x-1/2 md:overflow-hidden md:rounded-xl md:shadow-float"
        >
          <Radix.Title className="sr-only">Search everything</Radix.Title>
          <Palette {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Palette({ onClose, recent, onVisit }: SearchPaletteProps): ReactNode {
  const list = useId()
  const router = useRouter()
  const [typed, setTyped] = useState("")
  const [active, setActive] = useState(0)
  const reading = useEntries(typed, recent)
  const entries = reading.groups.flatMap((group) => group.entries)
  const at = Math.min(active, Math.max(0, entries.length - 1))
  const here = entries[at]
  const open = (entry: Entry): void => {
    onVisit(entry)
    onClose()
    router.history.push(entry.leadsTo)
  }
  const act = (key: KeyAct): void => {
    if (key === "close") onClose()
    else if (key !== "open") setActive(stepped(at, key, entries.length))
    else if (here) open(here)
  }
  const type = (text: string): void => {
    setTyped(text)
    setActive(0)
  }
  const field = { typed, list, active: here && `${list}-${here.id}`, onType: type, onKey: act, onClose }
  return (
    <>
      <TypedField {...field} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <SearchList
          id={list}
          groups={reading.groups}
          words={lookedFor(typed)}
          active={here}
          onPoint={(entry) => setActive(entries.indexOf(entry))}
          onOpen={open}
        />
        <SearchFaces reading={reading} />
      </div>
    </>
  )
}
