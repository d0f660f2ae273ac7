import type { ClientView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Copyable } from "../../components/copyable.tsx"
import { Moment } from "../../components/moment.tsx"
import { RemoveDialog } from "../../components/remove-dialog.tsx"
import { Said } from "../../components/said.tsx"
import { useRemoveClient } from "../../data/clients-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** One registered client: what it is called by, where its people are led back to, and how it proves itself. */
export function ClientRow({ client, mayChange }: { client: ClientView; mayChange: boolean }): ReactNode {
  const { id, name, redirectUris, authenticates, createdBy, createdAt } = client
  return (
    <div className="relative grid gap-x-6 gap-y-1 px-3 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)_2.5rem]">
      <div className="min-w-0 max-md:pr-10">
        <p className="font-medium wrap-anywhere">
          <Said text={name} />
        </p>
        <Copyable text={id} what="the client id" />
      </div>
      <div className="min-w-0 text-small text-soft">
        {redirectUris.map((address) => (
          <p key={address} className="wrap-anywhere">
            <Said text={address} />
          </p>
        ))}
      </div>
      <div className="min-w-0 text-small text-faint">
        <p>{authenticates ? "proves itself by a key of its own" : "public: proves nothing but its code"}</p>
        <p>
          registered <Moment at={createdAt} /> by {createdBy ? <Said text={createdBy.name} /> : "itself"}
        </p>
      </div>
      {mayChange && <Acts id={id} name={name} />}
    </div>
  )
}

function Acts({ id, name }: { id: string; name: string }): ReactNode {
  const remove = useRemoveClient()
  const [removing, setRemoving] = useState(false)
  return (
    <div className="max-md:absolute max-md:top-2.5 max-md:right-2.5 md:text-right">
      <ActsMenu
        size="small"
        label={`More for ${plainText(name)}`}
        acts={[{ words: "Remove…", onSelect: () => setRemoving(true), final: true }]}
      />
      {removing && (
        <RemoveDialog
          id={id}
          name={name}
          act="Remove the client"
          description="Everybody who signed it in is signed out of it, and its tokens end. Its id is never given again."
          removal={remove}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  )
}
