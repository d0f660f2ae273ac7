import type { ObservedServerView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { flagWords } from "../../words/access-words.ts"

/** What makes a server weak, each with its drawing; nothing where nothing does. */
export function ServerFlags({ flags }: Pick<ObservedServerView, "flags">): ReactNode {
  return flags.map((flag) => (
    <span key={flag} className="inline-flex items-center gap-1 text-small whitespace-nowrap text-high">
      <Icon name="warning" className="size-3" />
      <Said text={flagWords(flag)} />
    </span>
  ))
}
