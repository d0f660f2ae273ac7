import type { KeyboardEvent, ReactNode } from "react"
import { Icon } from "../components/icon.tsx"

/** The longest text that the server takes. */
const LONGEST = 200

/** What a key does: a step along the lines, opening the one it stands at, or closing the search. */
export type KeyAct = 1 | -1 | "open" | "close"

interface TypedFieldProps {
  readonly typed: string
  /** The id of the list of lines, and of the one that the keyboard stands at. */
  readonly list: string
  readonly active: string | undefined
  readonly onType: (typed: string) => void
  readonly onKey: (act: KeyAct) => void
  readonly onClose: () => void
}

const KEYS: Readonly<Record<string, KeyAct>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Enter: "open",
  "mod+k": "close",
}

/** The field of the search: the keyboard stays in it, and goes through the lines from there. */
export function TypedField({ typed, list, active, onType, onKey, onClose }: TypedFieldProps): ReactNode {
  const press = (event: KeyboardEvent): void => {
    const act = event.nativeEvent.isComposing ? undefined : KEYS[nameOf(event)]
    if (act === undefined) return
    event.preventDefault()
    onKey(act)
  }
  return (
    <div className="flex h-13 shrink-0 items-center gap-2.5 border-b px-4">
      <Icon name="search" className="size-4 text-faint" />
      <input
        role="combobox"
        aria-expanded={active !== undefined}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active}
        aria-label="Search everything"
        placeholder="Agents, people, tools, decisions or an id"
        value={typed}
        maxLength={LONGEST}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={press}
        className="h-full min-w-0 flex-1 bg-transparent text-lead outline-none placeholder:text-faint"
      />
      <button
        type="button"
        onClick={onClose}
        className="rounded-md px-2 py-1 text-small text-soft hover:bg-hover hover:text-ink max-md:py-2"
      >
        Close
      </button>
    </div>
  )
}

function nameOf({ key, metaKey, ctrlKey }: KeyboardEvent): string {
  return metaKey || ctrlKey ? `mod+${key.toLowerCase()}` : key
}
