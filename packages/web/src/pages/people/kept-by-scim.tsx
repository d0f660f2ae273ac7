import type { PersonDetail } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useRelease } from "../../data/people-acts.ts"
import { plainText } from "../../words/plain-text.ts"

/** What a directory calls a person whom SCIM keeps, and taking them back; for administrators. */
export function KeptByScim(props: {
  person: PersonDetail
  provisioned: NonNullable<PersonDetail["provisioned"]>
}): ReactNode {
  const { person, provisioned } = props
  const [asked, setAsked] = useState(false)
  return (
    <DrawerPart title="Kept by SCIM">
      <p className="mb-2 text-small text-pretty text-faint">
        What they are called, their address and their manager are what your directory says: change it there.
      </p>
      <dl>
        <DrawerFact name="User name">
          <Said text={provisioned.userName} />
        </DrawerFact>
        {provisioned.externalId !== null && (
          <DrawerFact name="Id there">
            <code className="font-mono text-small wrap-anywhere">
              <Said text={provisioned.externalId} />
            </code>
          </DrawerFact>
        )}
        <DrawerFact name="Last changed">
          <Moment at={provisioned.changedAt} />
        </DrawerFact>
      </dl>
      <div className="mt-2">
        <Button size="small" onClick={() => setAsked(true)}>
          Take back from SCIM…
        </Button>
      </div>
      {asked && <ReleaseDialog person={person} onClose={() => setAsked(false)} />}
    </DrawerPart>
  )
}

function ReleaseDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useRelease()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Take ${plainText(person.name)} back from SCIM?`}
      description="Administrators say again what they are called and whether they are here, until your directory speaks of them next. Nothing else changes."
    >
      <div className="px-5 pb-3">
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button look="primary" busy={isPending} onClick={() => mutate(person.id, { onSuccess: onClose })}>
          Take 1 person back
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
