import type { AgentDetail, InstanceRevocation, InstanceView } from "@tabard/api"
import type { ReactNode } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { instanceRevocation } from "../../words/consequences.ts"
import { plainText } from "../../words/plain-text.ts"

/** Ends one install of an agent, after saying what ends with it. */
export function RevokeInstanceDialog(props: {
  agent: AgentDetail
  instance: InstanceView
  onClose: () => void
}): ReactNode {
  const { agent, instance, onClose } = props
  const { mutate, isPending, error } = useAgentAct((client, input: InstanceRevocation) =>
    client.revokeInstance(input),
  )
  const name = plainText(instance.label)
  const tokens = agent.tokens.filter((token) => token.instance === instance.id).length
  return (
    <ActDialog
      open
      onClose={onClose}
      title={`Revoke ${name}?`}
      description={`${FOLLOWS[instance.kind]} What came from its tokens ends as well. The other installs of ${plainText(agent.name)} go on. It is never taken back.`}
      act={instanceRevocation(name, tokens)}
      look="stop"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate({ id: agent.id, instance: instance.id, reason }, { onSuccess: onClose })}
    />
  )
}

const FOLLOWS = {
  key: "Its key is refused from the next request on.",
  federated: "Its trust rule ends with it: its workloads get no token any more.",
  client: "The person has to sign the client in anew.",
} as const
