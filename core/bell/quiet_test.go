package bell_test

import (
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

func TestABellAtWorkRingsWhenTheQuietHoursEnd(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = &scripted{} })
		defer stop()
		began := time.Now()
		s := b.Settings()
		from := core.DayMinute(began.Hour()*60 + began.Minute())
		s.Bell.Quiet = core.Quiet{On: true, From: from, To: (from + 30) % (24 * 60), Days: core.EveryDay}
		if err := b.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
			t.Fatal(err)
		}
		var rang []core.Ring
		var when []time.Duration
		b.Watch(func(c core.Change) {
			if c.Ring != nil {
				rang, when = append(rang, *c.Ring), append(when, time.Since(began))
			}
		})
		receive(t, b, rent("evt_1", 145000))
		time.Sleep(7*time.Minute + 13*time.Second)
		receive(t, b, rent("evt_2", 5))
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(rang) != 1 || !rang[0].Missed || rang[0].Count != 2 || rang[0].Received != 145005 {
			t.Fatalf("rings %+v, want one for both payments", rang)
		}
		if when[0] < 30*time.Minute || when[0] > 30*time.Minute+time.Second {
			t.Errorf("it rings after %v, want at the end of the quiet hours", when[0])
		}
		receive(t, b, rent("evt_3", 7))
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(rang) != 2 || rang[1].Missed || rang[1].Event == nil {
			t.Errorf("afterwards it rings as %+v", rang[1:])
		}
	})
}
