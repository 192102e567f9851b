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
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Parts that the detail panes share.

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

// originChip says how Rentbell knows of an event: no signature stands on what it read
// from AppFolio's records itself.
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

// paneNote tells why an event needs attention; nil when it does not.
func paneNote(e core.Event) fyne.CanvasObject {
	if e.Attention.IsZero() {
		return nil
	}
	w := words.Tongue.Event(e)
	return kit.Inset(0, 0, 12, 0, kit.NewNote(w.Title, w.Text()))
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

// leaseSteps is a lease's history, newest first, as a timeline on which one
// event is marked.
func leaseSteps(history []core.Event, marked uint64, now time.Time) []kit.Step {
	var steps []kit.Step
	for _, e := range history[:min(len(history), mostSteps)] {
		t := e.OccurredAt.In(now.Location())
		s := kit.Step{When: words.Tongue.ShortDate(t, now)}
		switch d := e.Detail.(type) {
		case core.Payment:
			s.Title, s.Note = words.Say("Payment %s", words.AmountOf(d)), words.MethodName(d.Method)
		case core.LeaseSigned:
			s.Title, s.Note = words.Say("Lease signed"), words.TermOf(d.MoveIn, d.Months, now)
		case core.LeaseExpired:
			s.Title = words.Say("Lease ended")
			if !d.Vacate.IsZero() {
				s.Note = words.Say("Move-out %s", words.Tongue.LongDate(words.DayOf(d.Vacate, now), now))
			}
		default:
			s.Title, _ = words.TypeName(e.Type)
		}
		if e.Seq == marked {
			s.Moment = kit.Now
		}
		steps = append(steps, s)
	}
	return steps
}

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

// paymentDetail is one payment and its lease's story so far.
type paymentDetail struct {
	event   core.Event
	lease   core.LeaseState // zero: not known
	history []core.Event    // of the lease, newest first
}

// paneActions are what a detail pane can ask for.
type paneActions struct {
	copy      func(text string)
	showLease func(id string)
	bellLine  func(core.Event) string // see the function of this name
	names     *names.Table
	name      func(core.NameKey) // asks what to call a thing
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

func (v *paymentsView) showDetail(d paymentDetail, do paneActions) {
	p, ok := d.event.Detail.(core.Payment)
	if !ok {
		return
	}
	now := v.now()
	name, known := words.NameOf(p)
	style := kit.Strong
	if !known {
		style = kit.Unknown
	}
	facts := paymentFacts(p, d, do, now)
	parts := []fyne.CanvasObject{
		kit.Inset(-1, 0, 1, 0, kit.VStack(0,
			kit.NewText(words.AmountOf(p), kit.Figure).Tight(),
			kit.Lead(4, kit.NewText(words.Say("from"), kit.Body), kit.NewText(name, style).Tight()),
		)),
		paneChips(originChip(d.event), kit.NewChip(kit.Neutral, nil, words.MethodName(p.Method))),
	}
	if note := paneNote(d.event); note != nil {
		parts = append(parts, note)
	}
	parts = withBellLine(append(parts, kit.NewRule(), paneFacts(facts)), do.bellLine(d.event))
	parts = append(parts, kit.NewRule())
	if len(d.history) > 0 {
		steps := kit.NewTimeline(leaseSteps(d.history, d.event.Seq, now))
		parts = append(parts, paneTitle(words.Say("This lease so far")), kit.Inset(0, 0, 16, 0, steps))
	}
	parts = append(parts, newRaw(d.event.Body, do.copy, v.pane.Update))
	details := kit.NewButton(words.Say("Copy details"), assets.Copy, func() { do.copy(factsText(words.Say("%s from %s", words.AmountOf(p), name), facts)) })
	buttons := []fyne.CanvasObject{details}
	if p.Lease != "" {
		show := kit.NewButton(words.Say("Show lease"), assets.NavLeases, func() { do.showLease(p.Lease) })
		buttons = []fyne.CanvasObject{show, details}
	}
	v.pane.Show(words.Say("Payment"), append(parts, kit.Inset(14, 0, 0, 0, kit.HStack(8, buttons...)))...)
}

func paymentFacts(p core.Payment, d paymentDetail, do paneActions, now time.Time) []kit.Fact {
	return knownFacts(
		kit.Fact{Label: words.Say("Received"), Value: words.Moment(d.event.OccurredAt.In(now.Location()), now)},
		placeFact(p.Place),
		do.nameable(paymentLease(p, d.lease), core.NameLease, p.Lease),
		kit.Fact{Label: words.Say("For"), Value: p.Memo},
		kit.Fact{Label: words.Say("Reference"), Value: p.Reference},
		kit.Fact{Label: words.Say("Receipt"), Value: core.ReceiptNumber(d.event.ID)},
	)
}

// paymentLease is the lease of a payment: its id where that tells anything, and its end.
func paymentLease(p core.Payment, l core.LeaseState) kit.Fact {
	f := kit.Fact{Label: words.Say("Lease"), Value: words.Telling(p.Lease)}
	ends := l.Ends()
	switch {
	case f.Value != "" && !ends.IsZero():
		f.Value = words.Say("%s, to %s", f.Value, words.FullDate(ends))
	case f.Value == "" && !ends.IsZero():
		f.Value = words.Say("Ends %s", words.FullDate(ends))
	case f.Value == "" && p.Lease != "":
		f.Value = cmp.Or(words.PlaceOf(l.Place), words.PlaceOf(p.Place), words.Say("Not known"))
	}
	return f
}

// idFact is an id, or the name of what has it where the id tells nothing.
func idFact(label, id, name string) kit.Fact {
	switch f := (kit.Fact{Label: label, Value: cmp.Or(words.Telling(id), name)}); {
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
