import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { useClientRules, useClients } from "../../data/clients-query.ts"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { AddRuleDialog } from "./add-rule-dialog.tsx"
import { ClientGrants } from "./client-grants.tsx"
import { ClientRow } from "./client-row.tsx"
import { ClientRuleRow } from "./client-rule-row.tsx"
import { OtherServers } from "./other-servers.tsx"
import { OwnRegistration } from "./own-registration.tsx"
import { RegisterClientDialog } from "./register-client-dialog.tsx"

/** The programs through which people sign agents in, which of them need nobody's adoption, and who let which do what. */
export function ClientsTab(): ReactNode {
  return (
    <div className="space-y-8">
      <p className="max-w-prose text-pretty text-soft">
        An MCP client that a person signs in becomes an agent of theirs. It gets no token before somebody has
        adopted it, or a rule below says that it needs nobody’s word.
      </p>
      <Rules />
      <Registered />
      <OwnRegistration />
      <OtherServers />
      <Section title="Signed in">
        <ClientGrants ofEverybody />
      </Section>
    </div>
  )
}

function Rules(): ReactNode {
  const mayChange = useSignedIn().user.role === "administrator"
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title="Adopted by themselves"
      beside={
        mayChange && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add a rule
          </Button>
        )
      }
    >
      <Loaded
        reading={readingOf(useClientRules())}
        what="The rules"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Frame>
            <EmptyFace title="No client is adopted by itself">
              Each one that a person signs in waits, as a discovered agent, until security or an administrator
              adopts it.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => (
          <Frame>
            <ul aria-label="Rules">
              {items.map((rule) => (
                <li key={rule.id} className="border-b last:border-b-0">
                  <ClientRuleRow rule={rule} mayChange={mayChange} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {adding && <AddRuleDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}

function Registered(): ReactNode {
  const mayChange = useIsSteward()
  const [registering, setRegistering] = useState(false)
  return (
    <Section
      title="Registered"
      beside={
        mayChange && (
          <Button icon="plus" onClick={() => setRegistering(true)}>
            Register a client
          </Button>
        )
      }
    >
      <Loaded
        reading={readingOf(useClients())}
        what="The clients"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Frame>
            <EmptyFace title="No client is registered">
              Clients that describe themselves at their own https address need no registration.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => (
          <Frame>
            <ul aria-label="Clients">
              {items.map((client) => (
                <li key={client.id} className="border-b last:border-b-0">
                  <ClientRow client={client} mayChange={mayChange} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {registering && <RegisterClientDialog onClose={() => setRegistering(false)} />}
    </Section>
  )
}
