import type { ServerView } from "@tabard/api"
import type { ReactNode } from "react"
import { SelectField } from "../../components/field.tsx"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { plainText } from "../../words/plain-text.ts"

const ADD = "add"

/** The servers to choose from; an administrator can also put another one behind the gateway from here. */
export function ServerChoice(props: {
  servers: readonly ServerView[]
  chosen: ServerView
  onChoose: (server: ServerView) => void
  onAdd: () => void
}): ReactNode {
  const mayAdd = useSignedIn().user.role === "administrator"
  const choose = (id: string): void => {
    const server = props.servers.find((one) => one.id === id)
    if (server) props.onChoose(server)
    else if (id === ADD) props.onAdd()
  }
  return (
    <SelectField label="Server" value={props.chosen.id} onChange={(event) => choose(event.target.value)}>
      {props.servers.map(({ id, name }) => (
        <option key={id} value={id}>
          {plainText(name)}
        </option>
      ))}
      {mayAdd && <option value={ADD}>Add a server…</option>}
    </SelectField>
  )
}
