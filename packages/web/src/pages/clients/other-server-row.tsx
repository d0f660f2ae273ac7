import type { OtherServer } from "@tabard/core"
import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { RemoveDialog } from "../../components/remove-dialog.tsx"
import { Said } from "../../components/said.tsx"
import { useClients } from "../../data/clients-query.ts"
import { otherServerKey, useRemoveOtherServer } from "../../data/other-servers-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** One authorization server elsewhere: which client may take its person there, as what, and for what. */
export function OtherServerRow(props: { server: OtherServer; mayChange: boolean }): ReactNode {
  const { server, mayChange } = props
  const { issuer, client, clientId, scope, resources } = server
  const name = useClients().data?.items.find(({ id }) => id === client)?.name ?? client
  return (
    <div className="relative grid gap-x-6 gap-y-1 px-3 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_2.5rem]">
      <div className="min-w-0 wrap-anywhere max-md:pr-10">
        <p className="font-medium">
          <Said text={issuer} />
        </p>
        <p className="text-small text-soft">
          for people of <Said text={name} />
        </p>
      </div>
      <div className="min-w-0 space-y-1 text-small wrap-anywhere text-soft">
        <p>
          called <Value text={clientId} /> there
        </p>
        <p>
          {scope.length === 0 ? (
            "no scope is asked for"
          ) : (
            <>
              at most for <Value text={scope.join(" ")} />
            </>
          )}
        </p>
        {resources.length > 0 && (
          <p>
            at <Value text={resources.join(", ")} />
          </p>
        )}
      </div>
      {mayChange && <Acts server={server} name={name} />}
    </div>
  )
}

function Value({ text }: { text: string }): ReactNode {
  return (
    <code className="font-mono text-ink">
      <Said text={text} />
    </code>
  )
}

function Acts({ server, name }: { server: OtherServer; name: string }): ReactNode {
  const remove = useRemoveOtherServer()
  const [removing, setRemoving] = useState(false)
  const { issuer } = server
  return (
    <div className="max-md:absolute max-md:top-2.5 max-md:right-2.5 md:text-right">
      <ActsMenu
        size="small"
        label={`More for ${plainText(name)} at ${plainText(issuer)}`}
        acts={[{ words: "Remove…", onSelect: () => setRemoving(true), final: true }]}
      />
      {removing && (
        <RemoveDialog
          id={otherServerKey(server)}
          name={issuer}
          act="Give no more assertions"
          description={`${plainText(name)} gets no more assertions for this server. Those it has are good for five minutes at most; what the server gave for them is that server’s to end.`}
          removal={remove}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}
