import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Page } from "../../components/page.tsx"
import { usePeople } from "../../data/people-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { InviteDialog } from "./invite-dialog.tsx"
import { PERSON_GRID, PersonRow } from "./person-row.tsx"

/** Everybody in the directory, and what administrators do about them. */
export function PeoplePage(): ReactNode {
  const [inviting, setInviting] = useState(false)
  const isAdministrator = useSignedIn().user.role === "administrator"
  const invite = isAdministrator && (
    <Button look="primary" icon="plus" onClick={() => setInviting(true)}>
      Invite a person
    </Button>
  )
  return (
    <Page title="People" beside={invite}>
      <Frame>
        <Loaded
          reading={readingOf(usePeople())}
          what="The directory"
          loading={<SkeletonLines lines={4} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {({ items }) => (
            <ul>
              {items.map((person) => (
                <li key={person.id} className={`min-h-12 border-b py-2 last:border-b-0 ${PERSON_GRID}`}>
                  <PersonRow person={person} mayChange={isAdministrator} />
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Frame>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  )
}
