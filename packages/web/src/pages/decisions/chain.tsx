import type { DecidedLinkView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon, type IconName } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { LINK_WORDS } from "../../words/decision-words.ts"
import { EFFECT_WORDS } from "../../words/event-words.ts"
import { EffectMark } from "../audit/effect-mark.tsx"

const ICONS: Readonly<Record<string, IconName>> = { user: "people", task: "check", agent: "agents" }

/** Who asked for whom, and what each of them answered; where answers are compared, those that changed are marked. */
export function Chain(props: {
  links: readonly DecidedLinkView[]
  /** What they answered before. */
  before?: readonly DecidedLinkView[] | undefined
}): ReactNode {
  const { links, before = [] } = props
  const had = new Map(before.map(({ id, effect }) => [id, effect]))
  if (links.length === 0)
    return <p className="text-pretty text-faint">Nobody: it is refused before any policy is asked.</p>
  return (
    <ol className="relative">
      {links.map(({ kind, id, name, effect }, place) => {
        const earlier = had.get(id)
        const changed = earlier !== undefined && earlier !== effect
        return (
          <li
            key={id}
            className={`relative grid grid-cols-[1.75rem_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-md py-1.5 pr-2 ${changed ? "bg-accent-wash" : ""}`}
          >
            {place < links.length - 1 && (
              <span aria-hidden="true" className="absolute top-1/2 bottom-[-50%] left-3.5 w-px bg-edge" />
            )}
            <span className="relative grid size-7 place-items-center rounded-full border bg-ground text-soft">
              <Icon name={ICONS[kind] ?? "agents"} className="size-3.5" />
            </span>
            <span className="min-w-0">
              <span className="block text-small text-faint">{LINK_WORDS[kind] ?? kind}</span>
              <span className="line-clamp-2 wrap-anywhere">
                <Said text={name} />
              </span>
            </span>
            <span className="text-right">
              <EffectMark effect={effect} />
              {changed && (
                <span className="block text-small text-soft">was {EFFECT_WORDS[earlier].toLowerCase()}</span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
