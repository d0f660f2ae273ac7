import { type ReactNode, useEffect, useState } from "react"
import { Icon } from "./icon.tsx"

const PAUSE_MS = 150

/** The text filter of the list. It goes into the address when the hand pauses, so that typing stays smooth. */
export function SearchField(props: {
  text: string
  onText: (text: string) => void
  /** What is searched: `Filter the agents`. */
  label: string
  /** By what it is found. */
  placeholder: string
}): ReactNode {
  const { text, onText, label, placeholder } = props
  const [typed, setTyped] = useState(text)
  const [sent, setSent] = useState(text)
  const [known, setKnown] = useState(text)
  // What comes from elsewhere, such as a saved view, stands here; what was sent from here may have been typed on since.
  if (text !== known) {
    setKnown(text)
    if (text !== sent) {
      setSent(text)
      setTyped(text)
    }
  }
  useEffect(() => {
    if (typed === sent) return
    const timer = setTimeout(() => {
      setSent(typed)
      onText(typed)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <div className="relative max-md:w-full md:w-72">
      <Icon
        name="search"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        value={typed}
        maxLength={200}
        placeholder={placeholder}
        aria-label={label}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="h-8 w-full rounded-md border border-edge bg-ground pr-8 pl-8 placeholder:text-faint max-md:h-10 max-md:text-lead"
      />
    </div>
  )
}
