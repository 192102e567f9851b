package feeds

import (
	"time"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// A Developer Space rings for every change, mostly several times for one thing that
// happened, and Rentbell reads what it was. In Everything the doorbells of a day are
// one quiet line, so that what happened is not lost among them; pressed, it shows each
// of them in its place.

// doorbells are those of a day.
type doorbells struct {
	day    core.Date
	topics []string // one for each
	more   bool     // older ones are not read yet
	last   time.Time
}

// foldDoorbell adds a doorbell to the line of its day. That line stands where the day's
// newest doorbell would. of is the line that the doorbell before was added to.
func (r *activityRows) foldDoorbell(e core.Event, of *doorbells, now time.Time) *doorbells {
	day := core.DateOf(e.OccurredAt.In(now.Location()))
	if of == nil || of.day != day {
		of = &doorbells{day: day, last: e.OccurredAt}
		r.add(e.OccurredAt, activityLine{doorbells: of, key: r.doorbellKey(day)}, now)
	}
	of.topics = append(of.topics, e.Detail.(core.Doorbell).Topic) // the caller has looked
	return of
}

// doorbellKey is for the line of a day's doorbells, whichever of them are read so far.
// A day that comes again has another.
func (r *activityRows) doorbellKey(day core.Date) uint64 {
	key := doorbellKeys + uint64(core.Date{Year: 1970, Month: time.January, Day: 1}.DaysUntil(day))
	for r.Find(key, 0) >= 0 {
		key += 1 << 32
	}
	return key
}

// knownNames are the names of things that events are about, by their ids.
type knownNames map[string]string

// namesIn are the names that events tell, the newest first.
func namesIn(events []core.Event) knownNames {
	names := knownNames{}
	for _, e := range events {
		if e.Detail == nil {
			continue
		}
		id := e.Detail.Subject().ID
		if name, known := words.NameOf(e.Detail); known && id != "" && names[id] == "" {
			names[id] = name
		}
	}
	return names
}

// about says what a doorbell is about: by its name where something else that came
// tells it, or by AppFolio's number.
func (n knownNames) about(d core.Doorbell) string {
	if name := n[d.Entity]; name != "" || d.Entity == "" {
		return name
	}
	return words.Say("AppFolio's number %s", d.Entity)
}

// toggle shows a day's doorbells one by one, or folds them again.
func (v *activityView) toggle(row int) {
	day := v.rows[row].day
	v.unfolded[day] = !v.unfolded[day]
	v.rows.fill(v.shown, v.unfolded, v.now())
	v.table.Update()
}

// showDoorbells puts the line of a day's doorbells on a row.
func (r *dayRow) showDoorbells(d doorbells, unfolded bool, now time.Time) {
	r.arrow.Set(assets.ChevronRight, kit.ColorText2)
	if unfolded {
		r.arrow.Set(assets.ChevronDown, kit.ColorText2)
	}
	r.arrow.Show()
	r.name.SetStyled(words.Doorbells(len(d.topics), d.more), kit.Muted)
	r.note.Set(words.TopicsOf(d.topics))
	r.when.Set(words.Tongue.Clock(d.last.In(now.Location())))
	r.Relayout()
}

// showHeading puts the heading of a day on a row.
func (r *dayRow) showHeading(text string) {
	r.arrow.Hide()
	r.name.SetStyled(text, kit.Strong)
	r.note.Set("")
	r.when.Set("")
	r.Relayout()
}
