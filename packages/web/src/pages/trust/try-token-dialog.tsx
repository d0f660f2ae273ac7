import type { TrustRuleView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useTestTrustRule } from "../../data/trust-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { TriedTokens } from "./tried-tokens.tsx"

/** Tells what a rule does with a token that somebody has. */
export function TryTokenDialog({ rule, onClose }: { rule: TrustRuleView; onClose: () => void }): ReactNode {
  const [token, setToken] = useState("")
  const { mutate, data, isPending, error } = useTestTrustRule()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ id: rule.id, token: token.trim() })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Try a token on ${plainText(rule.name)}`}
      description="It is checked with its signature, counts as unused, and is kept nowhere. Nobody gets a token by it."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextAreaField
            label="Token"
            hint="As the platform gives it to the workload."
            className="font-mono text-small"
            value={token}
            required
            maxLength={16_384}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setToken(event.target.value)}
          />
          <div role="status" className="empty:hidden">
            {data && <TriedTokens tried={[data]} />}
          </div>
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Try it
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
