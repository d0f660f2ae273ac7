import type { AgentDetail, TrustPreviewView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useMakeTrustRule, usePreviewTrustRule } from "../../data/trust-query.ts"
import { plainText } from "../../words/plain-text.ts"
import { NEW_TRUST, type TrustDraft, trustWishOf } from "./trust-draft.ts"
import { TrustFieldsForm } from "./trust-fields-form.tsx"
import { TrustPreview } from "./trust-preview.tsx"

/** Asks which workloads are an agent, shows which tokens that would take, and only then keeps it. */
export function AddTrustRuleDialog(props: {
  agent: Pick<AgentDetail, "id" | "name">
  onClose: () => void
}): ReactNode {
  const { agent, onClose } = props
  const [draft, setDraft] = useState(NEW_TRUST)
  const [unreadable, setUnreadable] = useState(false)
  const preview = usePreviewTrustRule()
  const make = useMakeTrustRule()
  const change = (differs: Partial<TrustDraft>): void => {
    setDraft({ ...draft, ...differs })
    setUnreadable(false)
    preview.reset()
    make.reset()
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const wish = trustWishOf(agent.id, draft)
    if (!wish) return setUnreadable(true)
    if (!preview.data) return preview.mutate(wish)
    make.mutate({ ...wish, name: draft.name.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a trust rule"
      description={`Workloads whose platform says all of this of them get tokens of ${plainText(agent.name)}.`}
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TrustFieldsForm draft={draft} onChange={change} />
          {unreadable && <p role="alert">These are no public keys: paste one JWK, or a JWK set.</p>}
          <Shown preview={preview.data} />
          <ProblemNote error={preview.error ?? make.error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={preview.isPending || make.isPending}>
            {preview.data ? "Let these workloads be the agent" : "Show what it would accept"}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function Shown({ preview }: { preview: TrustPreviewView | undefined }): ReactNode {
  return (
    <div role="status" className="empty:hidden">
      {preview && <TrustPreview preview={preview} />}
    </div>
  )
}
