import { MOST_WINDOWS, type TimeWindow, WEEKDAYS, type Weekday } from "@tabard/core"
import { type ReactNode, useId } from "react"
import { Button } from "../../components/button.tsx"
import { TextField } from "../../components/field.tsx"
import { DAY_WORDS } from "../../words/window-words.ts"

/** Asks for the hours within which agents may act: any number of windows, each with its days, times and clocks. */
export function HoursField(props: {
  legend: string
  hint?: string
  hours: readonly TimeWindow[]
  onHours: (hours: readonly TimeWindow[]) => void
}): ReactNode {
  const { legend, hint, hours, onHours } = props
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className="font-medium">{legend}</legend>
      {hint && <p className="text-small text-faint">{hint}</p>}
      {hours.map((window, place) => (
        <WindowFields
          // oxlint-disable-next-line react/no-array-index-key -- a window has no name but its place
          key={place}
          name={`${legend}, window ${place + 1}`}
          window={window}
          onChange={(differs) =>
            onHours(hours.map((one, at) => (at === place ? { ...one, ...differs } : one)))
          }
          onRemove={() => onHours(hours.filter((_, at) => at !== place))}
        />
      ))}
      {hours.length < MOST_WINDOWS && (
        <Button
          size="small"
          icon="plus"
          aria-label={`Add hours: ${legend}`}
          onClick={() => onHours([...hours, newWindow()])}
        >
          Add hours
        </Button>
      )}
    </fieldset>
  )
}

/** Working days, by the clocks of whoever writes. */
function newWindow(): TimeWindow {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return { days: WEEKDAYS.slice(0, 5), from: "08:00", to: "18:00", zone: timeZone }
}

const FROM = "([01][0-9]|2[0-3]):[0-5][0-9]"
const TO = `${FROM}|24:00`
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]

function WindowFields(props: {
  name: string
  window: TimeWindow
  onChange: (differs: Partial<TimeWindow>) => void
  onRemove: () => void
}): ReactNode {
  const { name, window, onChange, onRemove } = props
  const zones = useId()
  return (
    <div role="group" aria-label={name} className="space-y-2 border-l-2 pl-3">
      <Days days={window.days} onDays={(days) => onChange({ days })} />
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-[5.5rem_5.5rem_minmax(0,1fr)]">
        <TimeField label="From" pattern={FROM} time={window.from} onTime={(from) => onChange({ from })} />
        <TimeField label="To" pattern={TO} time={window.to} onTime={(to) => onChange({ to })} />
        <div className="max-sm:col-span-2">
          <TextField
            label="Time zone"
            list={zones}
            required
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            value={window.zone}
            onChange={(event) => onChange({ zone: event.target.value })}
          />
          <datalist id={zones}>
            {ZONES.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
      </div>
      {window.to <= window.from && <p className="text-small text-faint">It ends the next day.</p>}
      <Button size="small" aria-label={`Take out ${name}`} onClick={onRemove}>
        Take out
      </Button>
    </div>
  )
}

function Days(props: { days: readonly Weekday[]; onDays: (days: readonly Weekday[]) => void }): ReactNode {
  const { days, onDays } = props
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1.5">
      {WEEKDAYS.map((day, place) => (
        <label key={day} className="flex items-center gap-1.5">
          <input
            type="checkbox"
            className="size-4 accent-accent-fill"
            aria-label={DAY_WORDS[day]}
            // A window of no day is none: the first box says so before it is sent.
            required={place === 0 && days.length === 0}
            checked={days.includes(day)}
            onChange={({ target }) =>
              onDays(WEEKDAYS.filter((one) => (one === day ? target.checked : days.includes(one))))
            }
          />
          {DAY_WORDS[day].slice(0, 3)}
        </label>
      ))}
    </div>
  )
}

function TimeField(props: {
  label: string
  pattern: string
  time: string
  onTime: (time: string) => void
}): ReactNode {
  const { label, pattern, time, onTime } = props
  return (
    <TextField
      label={label}
      pattern={pattern}
      title="A time as 08:00"
      inputMode="numeric"
      required
      maxLength={5}
      autoComplete="off"
      className="tabular-nums"
      value={time}
      onChange={(event) => onTime(event.target.value)}
    />
  )
}
