import type { AgentDetail, AgentTokenRevocation, TokenView } from "@tabard/api"
import type { ReactNode } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { tokenRevocation } from "../../words/consequences.ts"
import { plainText } from "../../words/plain-text.ts"

/** Ends one token, after saying what ends with it. */
export function RevokeTokenDialog(props: {
  agent: AgentDetail
  token: TokenView
  onClose: () => void
}): ReactNode {
  const { agent, token, onClose } = props
  const { mutate, isPending, error } = useAgentAct((client, input: AgentTokenRevocation) =>
    client.revokeToken(input),
  )
  return (
    <ActDialog
      open
      onClose={onClose}
      title="Revoke this token?"
      description={`Every call with it is refused from now on. ${plainText(agent.name)} may ask for another one: to stop that, revoke its install or suspend it.`}
      act={tokenRevocation(token.below)}
      look="stop"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate({ id: agent.id, jti: token.jti, reason }, { onSuccess: onClose })}
    />
  )
}
