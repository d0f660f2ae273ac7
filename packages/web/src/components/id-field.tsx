import { type ReactNode, useId, useState } from "react"
import { Icon } from "./icon.tsx"

/** Takes an id as people carry it here from a ticket, a line of a file or a message. */
export function IdField<Found>(props: {
  /** What it is found by: `Find by id or place`. */
  label: string
  /** What can be pasted, said where nothing is found by what was. */
  hint: string
  soughtBy: (text: string) => Found | undefined
  onFound: (found: Found) => void
}): ReactNode {
  const { label, soughtBy, onFound } = props
  const [text, setText] = useState("")
  const [isUnknown, setUnknown] = useState(false)
  const hint = useId()
  const find = (): void => {
    const sought = soughtBy(text)
    setUnknown(sought === undefined && text.trim() !== "")
    if (!sought) return
    setText("")
    onFound(sought)
  }
  return (
    <form
      role="search"
      className="mb-3"
      onSubmit={(event) => {
        event.preventDefault()
        find()
      }}
    >
      <div className="relative max-md:w-full md:w-96">
        <Icon
          name="search"
          className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
        />
        <input
          type="search"
          value={text}
          maxLength={200}
          spellCheck={false}
          placeholder={label}
          aria-label={label}
          aria-invalid={isUnknown}
          aria-describedby={isUnknown ? hint : undefined}
          onChange={({ target }) => {
            setText(target.value)
            setUnknown(false)
          }}
          className="h-8 w-full rounded-md border border-edge bg-ground pr-3 pl-8 placeholder:text-faint max-md:h-10 max-md:text-lead"
        />
      </div>
      {isUnknown && (
        <p id={hint} role="alert" className="mt-1 text-small text-deny">
          Nothing is found by this: {props.hint}
        </p>
      )}
    </form>
  )
}
