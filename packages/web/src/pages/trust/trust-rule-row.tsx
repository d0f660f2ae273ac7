import type { TrustRuleView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useRemoveTrustRule } from "../../data/trust-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { TrustTerms } from "./trust-terms.tsx"
import { FORM_WORDS } from "./trust-words.ts"
import { TryTokenDialog } from "./try-token-dialog.tsx"

/** One trust rule: what a token has to say, and when that last was worth something. */
export function TrustRuleRow(props: {
  rule: TrustRuleView
  /** Whether its agent is named too, where the rules of several stand together. */
  tellsAgent: boolean
  mayChange: boolean
}): ReactNode {
  const { rule, tellsAgent, mayChange } = props
  return (
    <div className="relative grid gap-x-6 gap-y-1.5 px-3 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_2.5rem]">
      <div className="min-w-0 max-md:pr-10">
        <p className="font-medium wrap-anywhere">
          <Said text={rule.name} />
        </p>
        <p className="text-small text-faint">{FORM_WORDS[rule.form]}</p>
        {tellsAgent && (
          <p className="text-small text-soft">
            is{" "}
            <Link
              to="/agents/$id"
              params={{ id: rule.agent }}
              search={{ tab: "identity" }}
              className="text-accent hover:underline"
            >
              <Said text={rule.agentName} />
            </Link>
          </p>
        )}
        <p className="text-small text-faint">
          {rule.lastUsedAt ? (
            <>
              last token <Moment at={rule.lastUsedAt} />
            </>
          ) : (
            "no token yet"
          )}
          , made <Moment at={rule.madeAt} /> by <Said text={rule.madeBy} />
        </p>
      </div>
      <TrustTerms terms={rule} />
      {mayChange && <Acts rule={rule} />}
    </div>
  )
}

function Acts({ rule }: { rule: TrustRuleView }): ReactNode {
  const [opened, setOpened] = useState<"try" | "remove">()
  const close = (): void => setOpened(undefined)
  return (
    <div className="max-md:absolute max-md:top-2.5 max-md:right-2.5 md:text-right">
      <ActsMenu
        size="small"
        label={`More for ${plainText(rule.name)}`}
        acts={[
          { words: "Try a token…", onSelect: () => setOpened("try") },
          { words: "Remove…", onSelect: () => setOpened("remove"), final: true },
        ]}
      />
      {opened === "try" && <TryTokenDialog rule={rule} onClose={close} />}
      {opened === "remove" && <RemoveRuleDialog rule={rule} onClose={close} />}
    </div>
  )
}

function RemoveRuleDialog({ rule, onClose }: { rule: TrustRuleView; onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useRemoveTrustRule()
  return (
    <ActDialog
      open
      onClose={onClose}
      title={`Remove the trust rule ${plainText(rule.name)}?`}
      description={`Its workloads are no longer ${plainText(rule.agentName)}: its install ends, with every token that they got and what came from it.`}
      act="Remove the rule and end its tokens"
      look="stop"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate({ id: rule.id, reason }, { onSuccess: onClose })}
    />
  )
}
