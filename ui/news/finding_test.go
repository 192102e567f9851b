package news

import (
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func concerns(t *testing.T, r uitest.Radar, s core.Status) []Concern {
	t.Helper()
	items, err := Concerns(r, s, uitest.Present, 50)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

func TestFindingsOfAKindAreOneItem(t *testing.T) {
	declined := core.Status{Registration: core.RegistrationStatus{Progress: core.Declined, Problem: &core.SubscribeError{Status: 401}}}
	want := []struct{ title, text string }{
		{"Payment although notice was served", "Marisol Vega, Alder Court 3C: $1,420.00 arrived today at 7:52 AM. Notice was served on June 12."},
		{"AppFolio does not accept the API key", ""},
		{"Returned payment", "Omar Haddad, Birchwood Flats 3: $1,312.50 came back on Tuesday. Belongs to the receipt of June 9."},
		{"3 leases are late", "Devon Park, Ingrid Solberg and Wei Castellano: $4,325.00 still due."},
		{"2 leases paid in part", "Kofi Mensah and Terrence Cole: $982.50 still due."},
		{"Paid twice?", "Claire Fontenot, Linden House 5: $1,010.00 on June 1 and again on June 3, both by eCheck."},
		{"No vendor for 26 hours", "Hallway light flickers, Birchwood Flats Common area. Since Wed, June 17 at 8:40 AM."},
		{"2 work orders untouched for 7 days", "Repaint before move-in (9 days) and Smoke detector chirps (7 days)."},
		{"2 leases end within 30 days, unsigned", "Gabriela Fuentes on July 2 and Terrence Cole on July 11. No new lease has been signed."},
		{"A delivery came without a type", "There are 4,312 of them. The last arrived yesterday at 9:58 AM. It is signed by AppFolio, but nothing tells what it is about."},
	}
	got := concerns(t, uitest.OfficeRadar(), declined)
	if len(got) != len(want) {
		t.Fatalf("%d items, want %d", len(got), len(want))
	}
	for i, item := range got {
		if item.Title != want[i].title || want[i].text != "" && item.Text != want[i].text {
			t.Errorf("item %d: %q, %q; want %q, %q", i, item.Title, item.Text, want[i].title, want[i].text)
		}
	}
}

func TestWhatIsHiddenOrNoTroubleIsNoItem(t *testing.T) {
	r := uitest.OfficeRadar()
	r.Stored = nil
	for i := range r.Found {
		f := &r.Found[i]
		switch {
		case f.Kind == core.FindLate:
			f.Mark.Handled = uitest.Present
		case f.Kind == core.FindUntouched:
			f.Level = 1
		case f.Kind == core.FindLeaseEnds:
			f.Days = core.EndingDays + 1
		case f.Kind == core.FindTwice:
			f.Kind = core.FindRefund
		case f.Kind == core.FindNotice:
			f.Mark.Snoozed = uitest.Present
		default:
			f.Mark.Snoozed = uitest.Day(19, 8, 30)
		}
	}
	if got := concerns(t, r, core.Status{}); len(got) != 1 || got[0].Kind != core.FindNotice {
		t.Errorf("%+v", got)
	}
}

func TestALeaseThatOwesForTwoMonthsIsOneLease(t *testing.T) {
	june := uitest.LateOn(uitest.LeaseOf("Dana Whitfield"), 1450_00, 0)
	may := june
	may.Month, may.SinceDay = june.Month.Add(-1), uitest.On(2026, 5, 7)
	got := concerns(t, uitest.Radar{Found: []core.Found{june, may}}, core.Status{})
	if len(got) != 1 || got[0].Title != "1 lease is late" || got[0].Text != "Dana Whitfield, Alder Court 2A: $2,900.00 still due." || !got[0].Month().IsZero() || len(got[0].Keys()) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestWhatHasBeenDeletedIsNotMissed(t *testing.T) {
	r := uitest.OfficeRadar()
	r.Events = nil
	for _, item := range concerns(t, r, core.Status{}) {
		switch {
		case item.Kind == core.FindReturned && item.Text != "Omar Haddad, Birchwood Flats 3: $1,312.50 came back on Tuesday.":
			t.Errorf("returned: %q", item.Text)
		case item.Kind == core.FindTwice && item.Text != "Claire Fontenot, Linden House 5: $1,010.00 came again on June 3.":
			t.Errorf("twice: %q", item.Text)
		}
	}
}

func TestManyNamesAreCounted(t *testing.T) {
	r := uitest.Radar{}
	for _, name := range []string{"Ana", "Ben", "Cal", "Dee", "Eve"} {
		r.Found = append(r.Found, uitest.LateOn(uitest.Tenancy{Lease: name, Place: core.Place{Tenant: name}}, 100_00, 0))
	}
	if got := concerns(t, r, core.Status{})[0]; got.Title != "5 leases are late" || got.Text != "Ana, Ben, Cal and 2 more: $500.00 still due." {
		t.Errorf("%q, %q", got.Title, got.Text)
	}
}
