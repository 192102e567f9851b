package words

import (
	"testing"

	"rentbell/core"
)

func TestUnitName(t *testing.T) {
	tests := map[string]string{
		"2A": "Unit 2A", "11": "Unit 11", "B": "Unit B", "House": "House", "Common area": "Common area",
		"Unit 7": "Unit 7", "unit 7": "unit 7", "": "",
	}
	for unit, want := range tests {
		if got := UnitName(unit); got != want {
			t.Errorf("unitName(%q) = %q, want %q", unit, got, want)
		}
	}
}

func TestMethodName(t *testing.T) {
	tests := []struct{ method, name, word string }{
		{"echeck", "eCheck", "eCheck"},
		{"eCheck", "eCheck", "eCheck"},
		{"ACH", "ACH", "ACH"},
		{"credit_card", "Card", "card"},
		{"money-order", "Money order", "money order"},
		{"gift_card", "Gift card", "gift card"},
		{"überweisung", "Überweisung", "überweisung"},
		{"", "Not known", "not known"},
		{"\u202e\x00", "Not known", "not known"},
	}
	for _, tt := range tests {
		if got := MethodName(tt.method); got != tt.name {
			t.Errorf("methodName(%q) = %q, want %q", tt.method, got, tt.name)
		}
		if got := MethodWord(tt.method); got != tt.word {
			t.Errorf("MethodWord(%q) = %q, want %q", tt.method, got, tt.word)
		}
	}
}

func TestDescribe(t *testing.T) {
	dana := core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}
	tests := []struct {
		detail                      core.Detail
		title, where, amount, event string
		note                        string
	}{
		{
			core.Payment{Place: dana, Lease: "1", Amount: 145000, AmountKnown: true, Method: "check"},
			"Dana Whitfield", "Alder Court 2A, check", "$1,450.00", "Payment, Dana Whitfield", "$1,450.00, Alder Court 2A",
		},
		{
			core.Payment{Lease: "20931", Amount: -5000, AmountKnown: true},
			"Lease 20931", "Tenant name not sent yet", "-$50.00", "Payment, lease 20931", "-$50.00, tenant name not sent yet",
		},
		{
			core.Payment{Place: dana, Amount: 99},
			"Dana Whitfield", "Alder Court 2A, not known", "No amount", "Payment, Dana Whitfield", "No amount, Alder Court 2A",
		},
		{
			core.WorkOrder{Place: dana, ID: "7", Status: "New", Title: "No hot water", Priority: "Urgent"},
			"No hot water", "New, urgent, Alder Court 2A", "", "Work order, No hot water", "New, urgent, Alder Court 2A",
		},
		{
			core.WorkOrder{ID: "7", Priority: "Normal"},
			"Work order 7", "", "", "Work order 7", "",
		},
		{
			core.LeaseSigned{Place: dana, Lease: "1", MoveIn: core.Date{Year: 2026, Month: 7, Day: 1}, Months: 12},
			"Dana Whitfield", "Signed, Alder Court 2A", "", "Lease signed, Dana Whitfield", "12 months from Jul 1, Alder Court 2A",
		},
		{
			core.LeaseExpired{Place: dana, Lease: "1", Vacate: core.Date{Year: 2026, Month: 6, Day: 30}},
			"Dana Whitfield", "Ended, Alder Court 2A", "", "Lease ended, Dana Whitfield", "Move-out Jun 30, Alder Court 2A",
		},
		{
			core.Tenant{Place: core.Place{Tenant: "Aisha Rahmani"}, ID: "8"},
			"Aisha Rahmani", "New tenant", "", "New tenant, Aisha Rahmani", "No property yet, needs attention",
		},
		{
			core.WorkOrder{ID: "195c19cb-ba6b", Number: "1234-1"},
			"Work order 1234-1", "", "", "Work order 1234-1", "",
		},
		{
			core.Move{Place: dana, ID: "8", Step: core.NoticeGiven, On: core.Date{Year: 2026, Month: 7, Day: 31}},
			"Dana Whitfield", "Gave notice, leaves Jul 31, 2026, Alder Court 2A", "", "Gave notice, Dana Whitfield", "Gave notice, leaves Jul 31, Alder Court 2A",
		},
		{
			core.Move{Place: dana, ID: "8", Step: core.MovedIn},
			"Dana Whitfield", "Moved in, Alder Court 2A", "", "Moved in, Dana Whitfield", "Moved in, Alder Court 2A",
		},
		{
			core.Move{ID: "8", Step: core.MovedOut, On: core.Date{Year: 2026, Month: 6, Day: 17}},
			"Tenant 8", "Moved out Jun 17, 2026", "", "Moved out, tenant 8", "Moved out Jun 17",
		},
		{
			nil,
			"Vendor updated", "A kind of delivery Rentbell does not know", "", "Delivery, vendor updated", "A kind of delivery Rentbell does not know",
		},
	}
	for _, tt := range tests {
		e := core.Event{Type: "vendor.updated", Detail: tt.detail}
		l := Describe(e)
		if l.Title != tt.title || l.Where != tt.where || l.Amount != tt.amount {
			t.Errorf("%+v: %q, %q, %q; want %q, %q, %q", tt.detail, l.Title, l.Where, l.Amount, tt.title, tt.where, tt.amount)
		}
		if got := EventTitle(e); got != tt.event {
			t.Errorf("%+v: title %q, want %q", tt.detail, got, tt.event)
		}
		if got := EventNote(e, present); got != tt.note {
			t.Errorf("%+v: note %q, want %q", tt.detail, got, tt.note)
		}
	}
}
