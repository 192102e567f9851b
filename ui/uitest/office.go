package uitest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/words"
)

// This file is the sample office of the tests: a portfolio of 47 units on June
// 18, 2026.

// Day returns a time in the office's June. Day(0, …) is May 31, and so on.
func Day(n, hour, minute int) time.Time {
	return time.Date(2026, time.June, n, hour, minute, 0, 0, NewYork)
}

// Tenancy is a lease with its tenant and unit.
type Tenancy struct {
	Lease  string
	Place  core.Place
	MoveIn core.Date
	Months int
}

// On returns a date.
func On(year int, month time.Month, day int) core.Date {
	return core.Date{Year: year, Month: month, Day: day}
}

var tenancies = []Tenancy{
	{"48213", core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}, On(2025, 11, 1), 12},
	{"47770", core.Place{Tenant: "Luis Cardenas", Property: "Birchwood Flats", Unit: "11"}, On(2025, 10, 15), 12},
	{"31108", core.Place{Tenant: "Ruth Abernathy", Property: "Linden House", Unit: "3"}, On(2025, 9, 1), 24},
	{"40052", core.Place{Tenant: "Terrence Cole", Property: "318 Maple Avenue", Unit: "B"}, On(2024, 7, 12), 24},
	{"48009", core.Place{Tenant: "Priya Raman", Property: "Harbor Row", Unit: "6"}, On(2026, 2, 1), 12},
	{"46120", core.Place{Tenant: "Samuel Okafor", Property: "Birchwood Flats", Unit: "4"}, On(2025, 8, 1), 12},
	{"45987", core.Place{Tenant: "Gabriela Fuentes", Property: "Alder Court", Unit: "3B"}, On(2025, 7, 3), 12},
	{"47334", core.Place{Tenant: "Owen McAllister", Property: "27 Quarry Lane", Unit: "House"}, On(2023, 6, 1), 0},
	{"46218", core.Place{Tenant: "Mei-Lin Zhou", Property: "Harbor Row", Unit: "2"}, On(2025, 8, 1), 12},
	{"44871", core.Place{Tenant: "Hannah Brandt", Property: "Linden House", Unit: "1"}, On(2026, 1, 1), 12},
	{"47502", core.Place{Tenant: "Jamal Pierce", Property: "Birchwood Flats", Unit: "9"}, On(2025, 12, 1), 12},
	{"46650", core.Place{Tenant: "Sofia Lindqvist", Property: "Alder Court", Unit: "1C"}, On(2026, 3, 1), 12},
	{"45511", core.Place{Tenant: "Claire Fontenot", Property: "Linden House", Unit: "5"}, On(2024, 8, 15), 24},
	{"49001", core.Place{Tenant: "Aisha Rahmani", Property: "Alder Court", Unit: "4C"}, On(2026, 6, 20), 12},
	{"49002", core.Place{Tenant: "Nathan Kowalski", Property: "Birchwood Flats", Unit: "7"}, On(2026, 7, 1), 12},
	{"49003", core.Place{Tenant: "Brian and Joy Delgado", Property: "318 Maple Avenue", Unit: "D"}, On(2026, 6, 15), 9},
}

// quiet returns the tenancies that no test names.
func quiet() []Tenancy {
	names := []string{"Amara", "Noah", "Ines", "Karim", "Lucía", "Tomasz", "Grace", "Wen", "Olu", "Petra"}
	rest := make([]Tenancy, 29)
	for i := range rest {
		rest[i] = Tenancy{fmt.Sprintf("43%03d", i*7), core.Place{
			Tenant: names[i%len(names)] + " " + []string{"Berger", "Nguyen", "Hall"}[i/len(names)], Property: "Harbor Row", Unit: fmt.Sprint(10 + i),
		}, On(2025, 10, 1).AddMonths(i % 8), 12}
	}
	return rest
}

// LeaseOf returns the tenancy of a tenant. It panics for a name the office does
// not have.
func LeaseOf(tenant string) Tenancy {
	i := slices.IndexFunc(tenancies, func(t Tenancy) bool { return t.Place.Tenant == tenant })
	if i < 0 {
		panic("no Tenancy of " + tenant)
	}
	return tenancies[i]
}

// officeEvents returns all events, oldest first.
func officeEvents() []core.Event {
	var events []core.Event
	events = append(events, officeLeases()...)
	events = append(events, officeWorkOrders()...)
	events = append(events, OfficePayments()...)
	events = append(events, Event("ten_1", Day(16, 14, 40), core.Tenant{
		ID: "8812", Email: "a.rahmani@example.com", Place: core.Place{Tenant: "Aisha Rahmani"},
	}, core.Attention{Reason: core.ReasonNoProperty, Field: "property_id"}))
	for i, x := range tenancies[:12] {
		email := strings.ToLower(strings.ReplaceAll(x.Place.Tenant, " ", ".")) + "@example.com"
		events = append(events, Event("ten_"+x.Lease, words.DayOf(x.MoveIn.AddDays(-10), Present), core.Tenant{
			ID: fmt.Sprint(8700 + i), PropertyID: "12", Email: email, Place: x.Place,
		}, core.Attention{}))
	}
	slices.SortStableFunc(events, func(a, b core.Event) int {
		return cmp.Or(a.OccurredAt.Compare(b.OccurredAt), cmp.Compare(a.ID, b.ID))
	})
	return events
}

// OfficePayments returns the payments that tests name, and enough others that
// June has 42 payments of $58,310.00 in all and May had $2,335.00 less by the
// same day.
func OfficePayments() []core.Event {
	thin := Tenancy{Lease: "20931"}
	dana := LeaseOf("Dana Whitfield")
	today := Payment("pay_1", Day(18, 10, 40), dana, 1450_00, "echeck")
	p := today.Detail.(core.Payment)
	p.Memo, p.Reference = "June rent", "PMT-90417"
	today.Detail = p
	list := []core.Event{
		today,
		Payment("pay_2", Day(18, 9, 12), LeaseOf("Luis Cardenas"), 1275_00, "card"),
		Payment("pay_3", Day(18, 8, 3), thin, 640_00, "echeck"),
		Payment("pay_4", Day(17, 16, 48), LeaseOf("Ruth Abernathy"), 985_00, "check"),
		Payment("pay_5", Day(15, 11, 26), LeaseOf("Terrence Cole"), 1120_00, "money_order"),
		Payment("pay_6", Day(12, 14, 15), LeaseOf("Priya Raman"), 1890_00, "echeck"),
		Payment("pay_7", Day(10, 9, 37), LeaseOf("Samuel Okafor"), 1312_50, "card"),
		Payment("pay_8", Day(9, 19, 58), LeaseOf("Gabriela Fuentes"), 1395_00, "echeck"),
		Payment("pay_9", Day(8, 17, 20), LeaseOf("Owen McAllister"), 2150_00, "echeck"),
		Payment("pay_10", Day(8, 10, 5), LeaseOf("Mei-Lin Zhou"), 1845_75, "card"),
		Payment("pay_11", Day(6, 13, 44), LeaseOf("Hannah Brandt"), 1040_00, "echeck"),
		Payment("pay_12", Day(5, 18, 31), LeaseOf("Jamal Pierce"), 1260_00, "cash"),
		Payment("pay_13", Day(5, 15, 2), LeaseOf("Sofia Lindqvist"), 1425_00, "echeck"),
		Payment("pay_14", Day(5, 9, 10), LeaseOf("Claire Fontenot"), 1010_00, "check"),
		Payment("pay_may", Day(4, 9, 0).AddDate(0, -1, 0), dana, 1450_00, "echeck"),
		Payment("pay_apr", Day(3, 9, 0).AddDate(0, -2, 0), dana, 1450_00, "echeck"),
	}
	list = append(list, filler("jun", Day(1, 8, 0), 11, 15284_00)...)
	list = append(list, filler("jun2", Day(2, 8, 0), 6, 8470_00)...)
	list = append(list, filler("jun3", Day(3, 8, 0), 5, 6940_00)...)
	list = append(list, filler("jun4", Day(4, 8, 0), 3, 4150_00)...)
	list = append(list, filler("jun5", Day(5, 8, 0), 3, 4667_75)...)
	list = append(list, filler("may", Day(1, 8, 0).AddDate(0, -1, 0), 38, 54525_00)...)
	for n, cents := range map[int]core.Cents{-11: 1150_00, -9: 1300_00, -5: 700_00, -2: 4050_00, -1: 1480_00, 0: 3600_00} {
		list = append(list, filler(fmt.Sprintf("late%d", n), Day(n, 12, 0), 2, cents)...)
	}
	return list
}

// filler returns n payments within some hours with a given sum.
func filler(name string, from time.Time, n int, sum core.Cents) []core.Event {
	list := make([]core.Event, 0, n)
	methods := []string{"echeck", "card", "check"}
	for i := range n {
		amount := sum / core.Cents(n)
		if i == 0 {
			amount += sum % core.Cents(n)
		}
		t := quiet()[(i*5+len(name))%len(quiet())]
		list = append(list, Payment(fmt.Sprintf("fill_%s_%d", name, i), from.Add(time.Duration(i)*13*time.Minute), t, amount, methods[i%3]))
	}
	return list
}

func officeLeases() []core.Event {
	var list []core.Event
	sign := func(t Tenancy, at time.Time) {
		list = append(list, Event("sign_"+t.Lease, at, core.LeaseSigned{Place: t.Place, Lease: t.Lease, MoveIn: t.MoveIn, Months: t.Months}, core.Attention{}))
	}
	for i, t := range tenancies {
		at := words.DayOf(t.MoveIn.AddDays(-18), Present)
		switch t.Lease {
		case "49001":
			at = Day(9, 15, 30)
		case "49002":
			at = Day(17, 11, 2)
		case "49003":
			at = Day(2, 10, 20)
		}
		sign(t, at.Add(time.Duration(i)*time.Minute))
	}
	for _, t := range quiet() {
		sign(t, words.DayOf(t.MoveIn.AddDays(-18), Present))
	}
	ended := Tenancy{"41207", core.Place{Tenant: "Victor Amaral", Property: "Alder Court", Unit: "2C"}, On(2025, 6, 1), 12}
	sign(ended, words.DayOf(ended.MoveIn.AddDays(-18), Present))
	return append(list, Event("exp_41207", Day(1, 6, 0), core.LeaseExpired{
		Place: ended.Place, Lease: ended.Lease, UnitID: "2C", Vacate: On(2026, 5, 31),
	}, core.Attention{}))
}

func officeWorkOrders() []core.Event {
	type order struct {
		id, title, priority    string
		property, unit, vendor string
		steps                  []string
		opened                 time.Time
	}
	orders := []order{
		{"1194", "No hot water", "Urgent", "Alder Court", "3B", "", []string{"New"}, Day(18, 8, 31)},
		{"1193", "Hallway light flickers", "Normal", "Birchwood Flats", "Common area", "", []string{"New"}, Day(17, 9, 30)},
		{"1191", "Kitchen faucet drips", "Normal", "Alder Court", "2A", "Tolliver Plumbing", []string{"New", "Assigned"}, Day(15, 8, 52)},
		{"1189", "Window will not close", "Normal", "Linden House", "3", "Handy & Daughter", []string{"New", "Assigned"}, Day(14, 9, 0)},
		{"1187", "Replace dishwasher", "Normal", "Harbor Row", "6", "Pruitt Appliance", []string{"New", "Assigned", "Scheduled"}, Day(13, 9, 20)},
		{"1186", "Annual furnace service", "Low", "27 Quarry Lane", "House", "Northgate Heating", []string{"New", "Scheduled"}, Day(12, 9, 0)},
		{"1182", "Repaint before move-in", "Normal", "Birchwood Flats", "7", "Sandoval Painting", []string{"New", "Scheduled"}, Day(9, 9, 0)},
		{"1175", "Garage door opener", "Normal", "318 Maple Avenue", "Garage", "Dooley Door Co.", []string{"New", "Waiting"}, Day(3, 9, 0)},
		{"1184", "Smoke detector chirps", "High", "Linden House", "1", "Handy & Daughter", []string{"New", "Assigned", "Work done"}, Day(11, 12, 0)},
		{"1170", "Gutter cleaning", "Low", "Linden House", "", "Handy & Daughter", []string{"New", "Completed"}, Day(1, 9, 0)},
	}
	var list []core.Event
	for _, o := range orders {
		for i, status := range o.steps {
			vendor := o.vendor
			if i == 0 {
				vendor = ""
			}
			w := core.WorkOrder{
				Place: core.Place{Property: o.property, Unit: o.unit}, ID: o.id, Status: status,
				Vendor: vendor, Title: o.title, Priority: o.priority,
			}
			if o.id == "1191" {
				w.Tenant = "Dana Whitfield"
			}
			list = append(list, Event(fmt.Sprintf("wo_%s_%d", o.id, i), o.opened.Add(time.Duration(i)*(24*time.Hour+38*time.Minute)), w, core.Attention{}))
		}
	}
	return list
}
