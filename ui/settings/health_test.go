package settings

import (
	"context"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// running is a desk whose bell listens on this computer.
func running(t *testing.T) *desk {
	t.Helper()
	d := openDesk(t, func(c *bell.Config) {
		c.Override.Tunnel.Kind = core.TunnelLoopback
		c.Now = nil // its requests have time limits
		c.Vault.(*uitest.Keeper).Kept.WebhookSecret = core.NewSecret("whsec_of_the_tests")
	})
	open := make(chan struct{})
	opened := sync.OnceFunc(func() { close(open) })
	d.bell.Watch(func(c core.Change) {
		if c.Status.Connection == core.Listening {
			opened()
		}
	})
	ctx, cancel := context.WithCancel(context.Background())
	var bell sync.WaitGroup
	bell.Go(func() { d.bell.Run(ctx) })
	t.Cleanup(func() { cancel(); bell.Wait() })
	<-open
	d.showStatus(d.bell.Status())
	return d
}

// trying is the card of the test event, its button, and what it tells of the event.
func trying(t *testing.T, d *desk) (c *card, send *kit.Button, said func() string) {
	t.Helper()
	c = d.titled(t, "Try it")
	return c, find[*kit.Button](t, c.object, "Send test event"), func() string {
		_, after, _ := strings.Cut(strings.Join(uitest.Texts(c.object), "\n"), "Send test event\n")
		return after
	}
}

func TestTestEventIsSeenToArrive(t *testing.T) {
	d := running(t)
	_, send, said := trying(t, d)
	test.Tap(send)
	if !send.Disabled() || said() != "On its way" {
		t.Errorf("while it is under way it says %q", said())
	}
	d.work.All(t)
	if got := said(); !strings.HasPrefix(got, "Arrived in 0.") || !strings.HasSuffix(got, "signature verified") {
		t.Errorf("says %q", got)
	}
	if n := d.bell.Status().Summary.Events; n != 0 {
		t.Errorf("%d events are kept", n)
	}
}

func TestTestEventThatFailsSaysWhatToDo(t *testing.T) {
	d := openDesk(t, nil)
	card, send, said := trying(t, d)
	if !send.Disabled() || !says(card.object, "You can send a test event when") {
		t.Error("without an address it can be sent")
	}
	d.status.Connection = core.Listening
	d.refresh()
	test.Tap(send)
	d.work.All(t)
	if got := said(); got == "" || send.Disabled() {
		t.Errorf("says %q", got)
	}
}

func TestHealthIsCheckedAgainWhenTheConnectionChanges(t *testing.T) {
	d := running(t)
	health := partOf[*healthCard](t, d)
	looks := 0
	d.bell.check = func(ctx context.Context) core.Report { looks++; return d.bell.Bell.Check(ctx) }
	test.Tap(health.again)
	d.work.All(t)
	rows := (len(health.list.Objects) + 1) / 2 // with a line between two
	if looks != 1 || rows != len(health.last.Checks) || rows < 8 {
		t.Fatalf("%d looks, %d rows", looks, rows)
	}
	s := d.status
	d.showStatus(s)
	d.work.All(t)
	if looks != 1 {
		t.Error("it looks again although nothing has changed")
	}
	s.Connection = core.Unreachable
	d.showStatus(s)
	d.work.All(t)
	if looks != 2 {
		t.Error("it does not look when the connection changes")
	}
	d.app.Clipboard().SetContent("")
	uitest.Tap(t, health.object, "Copy report")
	report := d.app.Clipboard().Content()
	if !strings.Contains(report, "Health check") || strings.Contains(report, "whsec") || strings.Contains(report, "127.0.0.1") {
		t.Errorf("the report for support is %q", report)
	}
}
