import type { ClientRuleView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Moment } from "../../components/moment.tsx"
import { RemoveDialog } from "../../components/remove-dialog.tsx"
import { Said } from "../../components/said.tsx"
import { useClients, useRemoveClientRule } from "../../data/clients-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** One rule: which client, and what it is adopted for. */
export function ClientRuleRow({ rule, mayChange }: { rule: ClientRuleView; mayChange: boolean }): ReactNode {
  const { id, match, purpose, tier, days, createdBy, createdAt } = rule
  return (
    <div className="relative grid gap-x-6 gap-y-1 px-3 py-3 max-md:pr-12 md:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_2.5rem]">
      <Match match={match} />
      <p className="min-w-0 text-small text-soft">
        <span className="font-medium text-ink">{tier}</span>, for {count(days, "day")}:{" "}
        <Said text={purpose} />
      </p>
      <p className="text-small text-faint">
        since <Moment at={createdAt} />, by <Said text={createdBy.name} />
      </p>
      {mayChange && <Acts id={id} match={match} />}
    </div>
  )
}

/** A registered client by its name, with its id beneath; a host as it is. */
function Match({ match }: { match: string }): ReactNode {
  const name = useClients().data?.items.find(({ id }) => id === match)?.name
  return (
    <div className="min-w-0 wrap-anywhere">
      {name !== undefined && (
        <p className="font-medium">
          <Said text={name} />
        </p>
      )}
      <p className={`font-mono text-small ${name === undefined ? "" : "text-faint"}`}>
        <Said text={match} />
      </p>
    </div>
  )
}

function Acts({ id, match }: { id: string; match: string }): ReactNode {
  const remove = useRemoveClientRule()
  const [removing, setRemoving] = useState(false)
  return (
    <div className="max-md:absolute max-md:top-2.5 max-md:right-2.5 md:text-right">
      <ActsMenu
        size="small"
        label={`More for ${plainText(match)}`}
        acts={[{ words: "Remove…", onSelect: () => setRemoving(true), final: true }]}
      />
      {removing && (
        <RemoveDialog
          id={id}
          name="the rule"
          act="Remove the rule"
          description="Whoever signs this client in from now on waits until it is adopted. What was adopted by it stays adopted."
          removal={remove}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}
