import { type ReactNode, useEffect, useRef } from "react"
import { Icon } from "../components/icon.tsx"
import { Marked } from "../components/marked.tsx"
import { Moment } from "../components/moment.tsx"
import { Said } from "../components/said.tsx"
import type { Entry, EntryGroup } from "./entries.ts"

interface SearchListProps {
  readonly id: string
  readonly groups: readonly EntryGroup[]
  readonly words: readonly string[]
  readonly active: Entry | undefined
  readonly onPoint: (entry: Entry) => void
  readonly onOpen: (entry: Entry) => void
}

/** The lines of a search, kind by kind; the keyboard stays in the field, which names the one it stands at. */
export function SearchList({ id, groups, words, active, onPoint, onOpen }: SearchListProps): ReactNode {
  return (
    <div role="listbox" id={id} aria-label="What was found">
      {groups.map(({ label, entries }, place) => (
        <div
          key={label}
          role="group"
          aria-labelledby={`${id}-group-${place}`}
          className="border-b py-1.5 last:border-b-0"
        >
          <p id={`${id}-group-${place}`} className="px-4 pt-1.5 pb-1 text-small font-medium text-faint">
            {label}
          </p>
          {entries.map((entry) => (
            <Line
              key={entry.id}
              id={`${id}-${entry.id}`}
              entry={entry}
              words={words}
              isActive={entry === active}
              onPoint={() => onPoint(entry)}
              onOpen={() => onOpen(entry)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface LineProps {
  readonly id: string
  readonly entry: Entry
  readonly words: readonly string[]
  readonly isActive: boolean
  readonly onPoint: () => void
  readonly onOpen: () => void
}

function Line({ id, entry, words, isActive, onPoint, onOpen }: LineProps): ReactNode {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: "nearest" })
  }, [isActive])
  const { title, context, at, icon } = entry
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field answers the keys for all of them
    <div
      ref={line}
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={isActive}
      onMouseMove={isActive ? undefined : onPoint}
      onClick={onOpen}
      className="mx-1.5 flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1 scroll-my-8 aria-selected:bg-accent-wash max-md:min-h-12"
    >
      <Icon name={icon} className={`size-4 ${isActive ? "text-ink" : "text-faint"}`} />
      <span className="flex min-w-0 flex-1 gap-x-2.5 max-md:flex-col md:items-baseline">
        <span className="truncate md:max-w-[60%] md:shrink-0">
          <Marked text={title} words={words} />
        </span>
        {context !== "" && (
          <span className="min-w-0 truncate text-small text-soft">
            <Said text={context} />
          </span>
        )}
      </span>
      {at !== null && (
        <span className="shrink-0 text-small text-faint">
          <Moment at={at} short />
        </span>
      )}
    </div>
  )
}
