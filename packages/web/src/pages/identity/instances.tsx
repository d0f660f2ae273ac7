import type { AgentDetail, InstanceView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useMayAnswerFor } from "../../shell/may.ts"
import { plainText } from "../../words/plain-text.ts"
import { proofWords } from "./instance-words.ts"
import { RevokeInstanceDialog } from "./revoke-instance-dialog.tsx"

/** Every install of an agent, whatever it proves itself by; those that are over stand last. */
export function Instances({ agent }: { agent: AgentDetail }): ReactNode {
  const mayRevoke = useMayAnswerFor(agent)
  const [revoking, setRevoking] = useState<InstanceView>()
  const shown = agent.instances.toSorted((one, other) => Number(isOver(one)) - Number(isOver(other)))
  return (
    <Frame>
      {shown.length === 0 ? (
        <EmptyFace title="It cannot prove itself yet">
          An install proves itself by a key of its own, by what its platform says of it, or as a client that a
          person signs in. Without any of them the agent gets no token.
        </EmptyFace>
      ) : (
        <ul aria-label="Installs">
          {shown.map((instance) => (
            <li key={instance.id} className="border-b last:border-b-0">
              <InstanceRow instance={instance} onRevoke={mayRevoke ? setRevoking : undefined} />
            </li>
          ))}
        </ul>
      )}
      {revoking && (
        <RevokeInstanceDialog agent={agent} instance={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </Frame>
  )
}

function isOver({ revokedAt }: InstanceView): boolean {
  return revokedAt !== null
}

function InstanceRow(props: {
  instance: InstanceView
  onRevoke: ((instance: InstanceView) => void) | undefined
}): ReactNode {
  const { instance, onRevoke } = props
  const { label, thumbprint } = instance
  return (
    <div
      className={`relative grid items-center gap-x-6 gap-y-1 px-3 py-2.5 md:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_6.5rem] ${isOver(instance) ? "text-faint" : ""}`}
    >
      <div className="min-w-0 max-md:pr-20">
        <p className={`wrap-anywhere ${isOver(instance) ? "" : "font-medium"}`}>
          <Said text={label} />
        </p>
        <p className="text-small text-faint">{proofWords(instance)}</p>
      </div>
      <div className="min-w-0 text-small text-faint">
        <Age instance={instance} />
        {thumbprint && (
          <Copyable text={thumbprint} shown={thumbprint.slice(0, 8)} what="the key's thumbprint" />
        )}
      </div>
      <div className="max-md:absolute max-md:top-2.5 max-md:right-2.5 md:text-right">
        {onRevoke && !isOver(instance) && (
          <Button size="small" aria-label={`Revoke ${plainText(label)}…`} onClick={() => onRevoke(instance)}>
            Revoke…
          </Button>
        )}
      </div>
    </div>
  )
}

function Age({ instance }: { instance: InstanceView }): ReactNode {
  const { kind, enrolledAt, rotatedAt, earlierKeyEndsAt, lastUsedAt, revokedAt } = instance
  if (revokedAt)
    return (
      <p>
        revoked <Moment at={revokedAt} />
      </p>
    )
  return (
    <>
      <p>
        {kind === "key" ? "enrolled" : "since"} <Moment at={enrolledAt} />
        {rotatedAt && (
          <>
            , key rotated <Moment at={rotatedAt} />
          </>
        )}
      </p>
      {earlierKeyEndsAt && (
        <p>
          the key before it ends <Moment at={earlierKeyEndsAt} />
        </p>
      )}
      <p>
        {lastUsedAt ? (
          <>
            last token <Moment at={lastUsedAt} />
          </>
        ) : (
          "no token yet"
        )}
      </p>
    </>
  )
}
