package uitest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// ManyPayments returns a store with n payments, a minute apart. The last one is
// at Present.
func ManyPayments(t testing.TB, n int) *store.DB {
	t.Helper()
	db := OpenStore(t, t.TempDir())
	for i := range n {
		Add(t, db, Payment(fmt.Sprint("pay_", i), Present.Add(time.Duration(i-n+1)*time.Minute), LeaseOf("Priya Raman"), core.Cents(i), "card"))
	}
	return db
}

// AddTogether adds events from many goroutines at once.
func AddTogether(t testing.TB, db *store.DB, events []core.Event) []core.Event {
	t.Helper()
	var senders sync.WaitGroup
	for i := range events {
		senders.Go(func() { events[i] = Add(t, db, events[i]) })
	}
	senders.Wait()
	return events
}
