import type { PersonDetail } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useEndSessionsOf, useUnbind } from "../../data/people-acts.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** How a person can come in, and taking it back; for administrators. */
export function WaysIn(props: {
  person: PersonDetail
  waysIn: NonNullable<PersonDetail["waysIn"]>
}): ReactNode {
  const { person, waysIn } = props
  const end = useEndSessionsOf()
  const [unbinding, setUnbinding] = useState<string>()
  return (
    <DrawerPart title="Ways in">
      <dl>
        <DrawerFact name="Sessions">
          <span className="flex flex-wrap items-center justify-between gap-2">
            {waysIn.sessions === 0 ? "Signed in nowhere" : count(waysIn.sessions, "session")}
            {waysIn.sessions > 0 && (
              <Button size="small" busy={end.isPending} onClick={() => end.mutate(person.id)}>
                Sign out everywhere
              </Button>
            )}
          </span>
          <ProblemNote error={end.error} />
        </DrawerFact>
        <DrawerFact name="Invitation">
          {waysIn.invitedUntil ? (
            <>
              Waits, ends <Moment at={waysIn.invitedUntil} />
            </>
          ) : (
            <span className="text-faint">None waits</span>
          )}
        </DrawerFact>
        <DrawerFact name="At providers">
          {waysIn.identities.length === 0 && <span className="text-faint">Nowhere yet</span>}
          <ul className="space-y-1">
            {waysIn.identities.map((issuer) => (
              <li key={issuer} className="flex items-baseline justify-between gap-2">
                <span className="min-w-0 wrap-anywhere">
                  <Said text={issuer} />
                </span>
                <Button size="small" look="quiet" onClick={() => setUnbinding(issuer)}>
                  Unbind…
                </Button>
              </li>
            ))}
          </ul>
        </DrawerFact>
      </dl>
      {unbinding !== undefined && (
        <UnbindDialog
          person={person}
          issuer={unbinding}
          sessions={waysIn.sessions}
          onClose={() => setUnbinding(undefined)}
        />
      )}
    </DrawerPart>
  )
}

function UnbindDialog(props: {
  person: PersonDetail
  issuer: string
  sessions: number
  onClose: () => void
}): ReactNode {
  const { person, issuer, sessions, onClose } = props
  const { mutate, isPending, error } = useUnbind()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Unbind ${plainText(person.name)} from ${plainText(issuer)}?`}
      description="Whoever the provider names with their verified email next is bound to them anew. Do it where they got another account there."
    >
      <div className="px-5 pb-3">
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button
          look="stop"
          busy={isPending}
          onClick={() => mutate({ id: person.id, issuer }, { onSuccess: onClose })}
        >
          {sessions > 0 ? `Unbind, and end ${count(sessions, "session")}` : "Unbind"}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
