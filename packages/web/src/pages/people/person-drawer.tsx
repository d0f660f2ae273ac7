import type { PersonDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Drawer, DrawerFact } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { SuccessorChoice } from "../../components/successor-choice.tsx"
import { useNameSuccessor } from "../../data/lifecycle-query.ts"
import { usePerson } from "../../data/people-query.ts"
import { useSeesWhole, useSignedIn } from "../../shell/signed-in-context.ts"
import { plainText } from "../../words/plain-text.ts"
import { dayOf } from "../../words/time.ts"
import { Departure } from "./departure.tsx"
import { KeptByScim } from "./kept-by-scim.tsx"
import { ManagerChoice } from "./manager-choice.tsx"
import { PersonActs } from "./person-acts.tsx"
import { PersonState } from "./person-row.tsx"
import { AgentRefs, PeopleRefs, TeamRefs } from "./refs.tsx"
import { RoleChoice } from "./role-choice.tsx"
import { ROLE_WORDS } from "./role-words.ts"
import { WaysIn } from "./ways-in.tsx"

/** One person beside the list: who they are, with whom, and what they answer for. */
export function PersonDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Person" onClose={onClose}>
      <Loaded
        reading={readingOf(usePerson(id))}
        what="The person"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(person) => <Person person={person} />}
      </Loaded>
    </Drawer>
  )
}

function Person({ person }: { person: PersonDetail }): ReactNode {
  const mayChange = useSignedIn().user.role === "administrator" && !person.erased
  const seesWhole = useSeesWhole()
  return (
    <div className="space-y-5">
      <Called person={person} />
      <dl>
        <DrawerFact name="State">
          <PersonState person={person} />
        </DrawerFact>
        <DrawerFact name="Role">
          {mayChange ? <RoleChoice person={person} /> : ROLE_WORDS[person.role]}
        </DrawerFact>
        <DrawerFact name="Manager">
          {mayChange ? (
            <ManagerChoice person={person} />
          ) : (
            <PeopleRefs people={person.manager ? [person.manager] : []} none="Nobody" />
          )}
        </DrawerFact>
        {person.reports.length > 0 && (
          <DrawerFact name="Answer to them">
            <PeopleRefs people={person.reports} none="Nobody" />
          </DrawerFact>
        )}
        <DrawerFact name="Teams">
          <TeamRefs teams={person.teams} />
        </DrawerFact>
        <AnsweringFacts person={person} />
        <DrawerFact name="Here since">{dayOf(person.since)}</DrawerFact>
      </dl>
      {seesWhole && !person.active && <Left id={person.id} />}
      {mayChange && <ForAdministrators person={person} />}
    </div>
  )
}

/** What they answer for, and who follows them. */
function AnsweringFacts({ person }: { person: PersonDetail }): ReactNode {
  return (
    <>
      <DrawerFact name="Owns">
        <AgentRefs agents={person.owns} total={person.ownsCount} />
        {person.ownsCount > 0 && <OwnedList id={person.id} active={person.active} />}
      </DrawerFact>
      {(person.active || person.successor) && (
        <DrawerFact name="Followed by">
          <Follows person={person} />
        </DrawerFact>
      )}
      <DrawerFact name="Helps with">
        <AgentRefs agents={person.helpsWith} />
      </DrawerFact>
    </>
  )
}

/** How they come in, who keeps them, and what can be done about them. */
function ForAdministrators({ person }: { person: PersonDetail }): ReactNode {
  return (
    <>
      {person.waysIn && <WaysIn person={person} waysIn={person.waysIn} />}
      {person.provisioned && <KeptByScim person={person} provisioned={person.provisioned} />}
      <PersonActs person={person} />
    </>
  )
}

/** Who is asked first to own what they own once they leave. */
function Follows({ person: { id, name, successor } }: { person: PersonDetail }): ReactNode {
  const { mutate, isPending, error } = useNameSuccessor()
  const { user } = useSignedIn()
  if (user.id !== id && user.role !== "administrator")
    return <PeopleRefs people={successor ? [successor] : []} none="Nobody named" />
  return (
    <SuccessorChoice
      label={`Who follows ${plainText(name)}`}
      successor={successor}
      except={id}
      busy={isPending}
      error={error}
      onName={(named) => mutate({ id, successor: named })}
    />
  )
}

/** What follows from their leaving. */
function Left({ id }: { id: string }): ReactNode {
  return (
    <section className="space-y-2">
      <h3 className="font-semibold">As they left</h3>
      <Departure id={id} />
    </section>
  )
}

function Called({ person: { name, email, erased } }: { person: PersonDetail }): ReactNode {
  return (
    <header>
      <h2 className="text-lead font-semibold text-pretty wrap-anywhere">
        <Said text={name} />
      </h2>
      <p className="text-soft text-pretty wrap-anywhere">
        {erased ? "Nothing that named them is kept. The record holds their id." : <Said text={email} />}
      </p>
    </header>
  )
}

function OwnedList({ id, active }: { id: string; active: boolean }): ReactNode {
  return (
    <>
      {!active && <p className="mt-1 text-small text-high">Nobody answers for these any more.</p>}
      <Link to="/agents" search={{ owner: id }} className="text-small text-accent hover:underline">
        Show them among the agents
      </Link>
    </>
  )
}
