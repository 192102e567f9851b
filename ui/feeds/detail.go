package feeds

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/expected"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Parts that the detail panes share.

// paneName heads a pane; a number in a name's place is in italics.
func paneName(name string, known bool) fyne.CanvasObject {
	style := kit.Heading
	style.Italic = !known
	return kit.NewProse(name, style)
}

// paneTitle heads a part of a pane.
func paneTitle(text string) fyne.CanvasObject {
	return kit.Inset(12, 0, 12, 0, kit.NewText(text, kit.Title))
}

// paneFacts are the facts, between the room above and below them.
func paneFacts(facts []kit.Fact) fyne.CanvasObject {
	return kit.Inset(13, 0, 12, 0, kit.NewFacts(facts))
}

// paneChips are the chips below a pane's title.
func paneChips(chips ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Inset(9, 0, 12, 0, kit.HStack(6, chips...))
}

// verifiedChip says that a delivery's signature was right; no others are shown.
func verifiedChip() *kit.Chip {
	return kit.NewChip(kit.Good, assets.Verified, words.Say("Signature verified"))
}

// originChip says how Rentbell knows of an event. What it read from AppFolio's records
// has no signature.
func originChip(e core.Event) *kit.Chip {
	if e.ReadBack() {
		return kit.NewChip(kit.Neutral, nil, words.Say("Read from AppFolio"))
	}
	return verifiedChip()
}

// newest is the first event of a history, if there is one.
func newest(history []core.Event) (e core.Event) {
	if len(history) > 0 {
		e = history[0]
	}
	return e
}

// withNote adds to the parts of a pane why an event needs attention, if it does.
func withNote(parts []fyne.CanvasObject, e core.Event) []fyne.CanvasObject {
	if e.Attention.IsZero() {
		return parts
	}
	w := words.Tongue.Event(e)
	return append(parts, kit.Inset(0, 0, 12, 0, kit.NewNote(w.Title, w.Text())))
}

// withTimeline adds a timeline under its title.
func withTimeline(parts []fyne.CanvasObject, title string, steps []kit.Step) []fyne.CanvasObject {
	return append(parts, paneTitle(title), kit.Inset(0, 0, 16, 0, kit.NewTimeline(steps)))
}

// knownFacts lists the facts that have a value.
func knownFacts(facts ...kit.Fact) []kit.Fact {
	kept := facts[:0]
	for _, f := range facts {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// placeFact is where something is: "Alder Court, Unit 2A".
func placeFact(p core.Place) kit.Fact {
	if p.Property == "" && p.Unit == "" {
		return kit.Fact{Label: words.Say("Property"), Value: words.Say(words.NoProperty), Style: kit.Unknown}
	}
	return kit.Fact{Label: words.Say("Property"), Value: words.Joined(p.Property, words.UnitName(p.Unit))}
}

// mostSteps is how far back a timeline goes.
const mostSteps = 8

// mostRaw bounds the raw data on screen, in bytes; Copy takes all of it.
const mostRaw = 16 << 10

// newRaw is the part of a pane with a delivery as AppFolio sent it.
func newRaw(body []byte, onCopy func(text string), onToggled func()) fyne.CanvasObject {
	text := indented(body)
	shown := text
	if len(shown) > mostRaw {
		shown = strings.ToValidUTF8(shown[:mostRaw], "") + "\n…"
	}
	copyAll := kit.NewLink(words.Say("Copy"), func() { onCopy(text) })
	raw := kit.NewDisclosure(words.Say("Raw data from AppFolio"), copyAll, func() fyne.CanvasObject { return kit.NewRaw(shown) })
	raw.OnToggled = func(bool) { onToggled() }
	return raw
}

// indented is a JSON body in lines, or any other as it is.
func indented(body []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return strings.ToValidUTF8(string(body), "\ufffd")
	}
	return b.String()
}

// paneActions are what a detail pane can ask for.
type paneActions struct {
	copy      func(text string)
	showLease func(id string)
	bellLine  func(core.Event) string // see the function of this name
	names     *names.Table
	name      func(core.NameKey) // asks what to call a thing
	rent      expected.Editor

	settings core.Settings
	snooze   func(keys []core.FindingKey, until time.Time)
	handle   func(keys []core.FindingKey)
	unmark   func(keys []core.FindingKey)
}

// nameable offers to name what a fact is about.
func (do paneActions) nameable(f kit.Fact, kind core.NameKind, id string) kit.Fact {
	key := core.NameKey{Kind: kind, ID: id}
	if f.Value == "" || !key.Usable() {
		return f
	}
	f.Verb, f.OnVerb = words.OfKind(kind).Verb, func() { do.name(key) }
	if do.names.Of(key) != (core.Name{}) {
		f.Verb = words.Say("Rename")
	}
	return f
}

// idFact shows an id or, where the id tells people nothing, the name.
func idFact(label, id, name string) kit.Fact {
	switch f := (kit.Fact{Label: label, Value: cmp.Or(words.MeaningfulID(id), name)}); {
	case id == "":
		return kit.Fact{}
	case f.Value == "":
		return kit.Fact{Label: label, Value: words.Say("Not known"), Style: kit.Unknown}
	default:
		return f
	}
}

// factsText is what "Copy details" puts on the clipboard.
func factsText(title string, facts []kit.Fact) string {
	var b strings.Builder
	b.WriteString(title + "\n")
	for _, f := range facts {
		b.WriteString(words.Say("%s: %s", f.Label, f.Value) + "\n")
	}
	return b.String()
}
