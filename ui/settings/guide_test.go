package settings

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

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
