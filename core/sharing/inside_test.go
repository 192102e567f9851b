package sharing

import (
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

func TestWhoChangedAValueCounts(t *testing.T) {
	name := func(given, learned string) string { return spellName(core.Name{Given: given, Learned: learned}) }
	key := nameKey(core.NameKey{Kind: core.NameLease, ID: "20931"})
	for what, c := range map[string]struct{ seen, mine, theirs, now, offer string }{
		"nobody":                     {name("Ana", ""), name("Ana", ""), name("Ana", ""), name("Ana", ""), ""},
		"this desk":                  {name("Ana", ""), name("Bo", ""), name("Ana", ""), name("Bo", ""), ""},
		"another":                    {name("Ana", ""), name("Ana", ""), name("Bo", ""), name("Bo", ""), ""},
		"another took it away":       {name("Ana", ""), name("Ana", ""), "", "", ""},
		"this desk took it away":     {name("Ana", ""), "", name("Ana", ""), "", ""},
		"both, alike":                {name("Ana", ""), name("Bo", ""), name("Bo", ""), name("Bo", ""), ""},
		"both":                       {name("Ana", ""), name("Bo", ""), name("Cy", ""), name("Cy", ""), "Bo"},
		"both, and there was none":   {"", name("Bo", ""), name("Cy", ""), name("Cy", ""), "Bo"},
		"both, of different parts":   {name("Ana", ""), name("Bo", ""), name("Ana", "A. Ruiz"), name("Bo", "A. Ruiz"), ""},
		"the other part taken away":  {name("Ana", "A."), name("Bo", "A."), name("Ana", ""), name("Bo", ""), ""},
		"this part taken away alone": {name("Ana", "A."), name("", "A."), name("Ana", "B."), name("", "B."), ""},
	} {
		now, offer := weigh(key, c.seen, c.mine, c.theirs)
		if v, ok := read(key, now); !ok || v.again() != c.now || offer != c.offer {
			t.Errorf("%s: %s, offered %q", what, now, offer)
		}
	}
}

func TestWhatIsHandledAnywhereIsHandled(t *testing.T) {
	at := time.Date(2026, 6, 1, 10, 0, 0, 0, time.UTC)
	mine, theirs := spellMark(core.Mark{Handled: at}), spellMark(core.Mark{Snoozed: at.Add(time.Hour)})
	if now, _ := weigh(inHandled+spelledID("late|1|2026-06"), "", mine, theirs); now != spellMark(core.Mark{Handled: at, Snoozed: at.Add(time.Hour)}) {
		t.Error(now)
	}
}

func TestBlocksHaveTheEventsThatEitherHas(t *testing.T) {
	mine := spelledBlocks([]uint64{1, 7, 1023, 1024, 9_000_000})
	theirs := spelledBlocks([]uint64{2, 7})
	if len(mine) != 3 {
		t.Error(mine)
	}
	key := inEvents + "0"
	now, _ := weigh(key, theirs[key], mine[key], theirs[key])
	v, ok := read(key, now)
	if want := []uint64{1, 2, 7, 1023}; !ok || !slices.Equal(v.events.events(), want) {
		t.Error(v.events, ok)
	}
	if now, _ = weigh(key, "", "", theirs[key]); now != theirs[key] {
		t.Errorf("%q is %q", theirs[key], now)
	}
	for _, wrong := range []string{"", "00", "-1", "x", "99999999999999999999"} {
		if _, ok := read(inEvents+wrong, ""); ok {
			t.Errorf("%q is the number of a block", wrong)
		}
	}
	if deletedBlock(key, 1022) || !deletedBlock(key, 1023) {
		t.Error("a block goes with its last event")
	}
}

func FuzzReadsWhatAnotherDeskWrote(f *testing.F) {
	rent := core.Cents(139500)
	id := spelledID("20931")
	f.Add(nameKey(core.NameKey{Kind: core.NameLease, ID: "20931"}), spellName(core.Name{Given: "Ana"}))
	f.Add(inLeases+id, spellTerms(core.LeaseTerms{Typed: []core.TypedRent{{Amount: rent}}, Imported: &rent, NoticeOn: core.Date{Year: 2026, Month: 6, Day: 1}}))
	f.Add(inRules+id, spellRule(core.DueRule{Due: 3}))
	f.Add(inHandled+id, spellMark(core.Mark{Handled: time.Unix(1, 0)}))
	f.Add(inEvents+"4", "Ag")
	e := core.PastExport{At: time.Unix(1, 0).UTC(), Format: core.FormatXero, Rows: 1}
	f.Add(exportKey(e), spellExport(e, "Maria"))
	f.Add(inNames, "")
	f.Fuzz(func(t *testing.T, key, text string) {
		v, ok := read(key, text)
		if !ok {
			return
		}
		once := v.again()
		again, ok := read(key, once)
		if !ok || again.again() != once {
			t.Errorf("%s: %q is read as %q", key, once, again.again())
		}
		weigh(key, "", once, text)
	})
}
