package settings

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestReadingIsToldInWords(t *testing.T) {
	id, secret := core.Space{ClientID: "c", DeveloperID: "d"}, core.NewSecret("s")
	records := core.Account{Kind: core.KindDeveloperSpace, Space: id, Secrets: core.Secrets{ClientSecret: secret}}
	all := records
	all.Space.Company, all.Space.ReportsClientID, all.Secrets.ReportsSecret = "oakline", "r", secret
	at := uitest.Present.Add(-time.Minute)
	closed := &core.Refused{Status: 533}
	tests := []struct {
		name    string
		reading core.ReadStatus
		account core.Account
		text    string
		notes   string // parts, in their order
		bar     float32
		wrong   bool
	}{
		{"nothing yet", core.ReadStatus{}, core.Account{}, "Rentbell reads your records once the client id, the client secret and the developer id are here.", "", -1, false},
		{"not begun", core.ReadStatus{}, all, "Reading has not begun yet.", "", -1, false},
		{"loading", core.ReadStatus{Progress: core.ReadLoading, Done: 120, Total: 300}, all, "Reading your portfolio: 120 of 300", "It goes on where it stopped.", 0.4, false},
		{"loading, not counted", core.ReadStatus{Progress: core.ReadLoading}, all, "Reading your portfolio", "It goes on where it stopped.", 0, false},
		{"current", core.ReadStatus{Progress: core.ReadCurrent, At: at}, all, "Up to date. Read at 10:41 AM.", "", -1, false},
		{"one waits", core.ReadStatus{Progress: core.ReadBehind, Waiting: 1, At: at}, all, "1 detail is on its way.", "", -1, false},
		{"three wait", core.ReadStatus{Progress: core.ReadBehind, Waiting: 3, At: at}, all, "3 details are on their way.", "", -1, false},
		{"closed", core.ReadStatus{Progress: core.ReadBehind, Waiting: 3, Problem: closed, RetryAt: uitest.Present.Add(time.Hour), Receipts: closed}, all,
			"AppFolio's records are closed.", "3 details are on their way.|Tries again at 11:42 AM.", -1, true},
		{"no reports", core.ReadStatus{Progress: core.ReadCurrent, At: at}, records, "Up to date. Read at 10:41 AM.", "Payments are not read: the Reports API is not filled in.", -1, false},
		{"reports refused", core.ReadStatus{Progress: core.ReadCurrent, At: at, Receipts: core.ErrReportsCredentials}, all,
			"Up to date.", "Payments are not read: AppFolio refused the keys for payments.", -1, false},
	}
	for _, tt := range tests {
		w := describeReading(core.Status{Kind: core.KindDeveloperSpace, Reading: tt.reading}, tt.account, uitest.Present)
		notes := strings.Join(w.notes, "|")
		if !strings.HasPrefix(w.text, tt.text) || w.bar != tt.bar || w.wrong != tt.wrong || !strings.Contains(notes, tt.notes) || tt.notes == "" && notes != "" {
			t.Errorf("%s: %+v", tt.name, w)
		}
		for _, text := range append(w.notes, w.text) {
			wordtest.Style(t, tt.name, text)
		}
	}
}

func TestReadNowReads(t *testing.T) {
	d := connected(t)
	card := d.titled(t, "Reading")
	again, bar := find[*kit.Press](t, card.object, "Read now"), all[*kit.Progress](card.object, "")[0]
	if again.Visible() {
		t.Error("before reading has begun it can be asked for")
	}
	s := d.status
	s.Reading = core.ReadStatus{Progress: core.ReadLoading, Done: 1, Total: 4}
	d.showStatus(s)
	if !again.Visible() || !bar.Visible() {
		t.Error("while it reads, the bar or Read now is missing")
	}
	test.Tap(again)
	if d.bell.read != 1 {
		t.Error("Read now does nothing")
	}
	s.Reading = core.ReadStatus{Progress: core.ReadCurrent, At: uitest.Present}
	d.showStatus(s)
	if bar.Visible() || !says(card.object, "Up to date. Read at 10:42 AM.") {
		t.Errorf("says %q", uitest.Texts(card.object))
	}
}

func TestTheTestEventIsSeenToArriveInTheGuide(t *testing.T) {
	d := connected(t)
	card := d.titled(t, "Webhook")
	last := func() string {
		texts := uitest.Texts(card.object)
		return strings.Join(texts[len(texts)-3:], "|")
	}
	const waits = "4|Press Send Test Event there|Waiting for the test event"
	if last() != waits {
		t.Errorf("before it arrives it says %q", last())
	}
	s := core.Status{Connection: core.Listening, Address: "https://oakline.ngrok.app"}
	s.Kind, s.Doorbell = core.KindDeveloperSpace, uitest.Present.Add(-time.Minute)
	d.showStatus(s)
	if texts := uitest.Texts(card.object); !strings.Contains(strings.Join(texts, "|"), "It last rang at 10:41 AM.|Show the steps") {
		t.Errorf("once it rang, the card says %q", texts)
	}

	uitest.Tap(t, card.object, "Show the steps")
	if last() != waits {
		t.Errorf("registering anew, an old ring counts: %q", last())
	}
	s.Doorbell = uitest.Present.Add(time.Second)
	d.showStatus(s)
	if got := last(); got != "work_orders, charges, leases, tenants, units, properties, vendors|Press Send Test Event there|Arrived at 10:42 AM, signature verified" {
		t.Errorf("says %q", got)
	}
	ticked := false
	uitest.Walk(card.object, func(o fyne.CanvasObject) { _, icon := o.(*kit.Icon); ticked = ticked || icon })
	if !ticked {
		t.Error("the last step is not ticked off")
	}
}
