package shared_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/export"
)

// receive has desks get the same payments, from a number to another.
func receive(t *testing.T, from, to int, desks ...*desk) {
	t.Helper()
	for i := from; i <= to; i++ {
		e, malformed := appfolio.Decode(fmt.Appendf(nil, `{"id":"evt-%d","type":"payment.received","created_at":"2026-06-01T10:00:00Z","data":{"lease_id":"L-%d","amount_cents":%d,"payment_method":"ACH"}}`, i, i%7, i*100), time.Now())
		if malformed != "" {
			t.Fatal(malformed)
		}
		for _, d := range desks {
			if _, _, err := d.store.Add(e); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// exportNew exports what is new.
func (d *desk) exportNew(takeOver bool) (rows int, err error) {
	path := filepath.Join(d.t.TempDir(), "new.csv")
	done, _, err := export.New(d.t.Context(), d.past, export.Target{Path: path}, export.Query{Format: core.FormatXero, OneFile: true, TakeOver: takeOver})
	if _, missing := os.Stat(path); done.Rows > 0 && missing != nil {
		d.t.Error(missing)
	}
	return done.Rows, err
}

func TestOfTwoDesksOneExportsAndTheOtherReadsWhoDid(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	const years = 2 * 365 * 24 * time.Hour
	maria, tom := r.join("Maria", -years), r.join("Tom", years)
	receive(t, 1, 41, maria, tom)
	if rows, err := maria.exportNew(false); rows != 41 || err != nil {
		t.Fatal(rows, err)
	}
	_, err := tom.exportNew(false)
	var claimed *core.ClaimedError
	if !errors.As(err, &claimed) {
		t.Fatal(err)
	}
	if claimed.By != "Maria" || claimed.Rows != 41 || claimed.Writing || time.Since(claimed.At).Abs() > time.Hour {
		t.Errorf("%+v", claimed)
	}
	if rows, err := maria.exportNew(false); rows != 0 || err != nil {
		t.Error("who has exported has nothing new:", rows, err)
	}
	receive(t, 42, 45, maria, tom)
	if rows, err := tom.exportNew(false); rows != 4 || err != nil {
		t.Error(rows, err)
	}
	past, err := tom.past.Past()
	if err != nil || len(past) != 1 || time.Since(past[0].At).Abs() > time.Hour {
		t.Errorf("it is dated by the receiver's clock: %+v, %v", past, err)
	}
}

func TestOfAThousandClaimsEachHasOneWinner(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	desks := []*desk{r.join("Maria", 0), r.join("Tom", 0)}
	var winners [1001]int
	var mu sync.Mutex
	claim := func(d *desk, seq int) error {
		for {
			c, err := d.claims.Claim(t.Context(), core.FormatXero, false)
			var claimed *core.ClaimedError
			switch {
			case errors.As(err, &claimed) && claimed.Writing:
				continue
			case errors.As(err, &claimed):
				return nil
			case err != nil:
				return err
			}
			defer c.Release()
			if upTo, _ := c.Last(); upTo >= uint64(seq) {
				return nil
			}
			e := core.PastExport{Format: core.FormatXero, LastSeq: uint64(seq), Rows: 1}
			if _, err := c.Begin(e); err != nil {
				return err
			}
			c.Done(e)
			mu.Lock()
			winners[seq]++
			mu.Unlock()
			return nil
		}
	}
	for seq := 1; seq < len(winners); seq++ {
		var both sync.WaitGroup
		for _, d := range desks {
			both.Go(func() {
				if err := claim(d, seq); err != nil {
					t.Error(seq, err)
				}
			})
		}
		if both.Wait(); winners[seq] != 1 {
			t.Fatalf("claim %d has %d winners", seq, winners[seq])
		}
	}
}

// dies ends a desk's process between two steps of an export.
func (d *desk) dies(begun, appeared, done bool) {
	d.t.Helper()
	c, err := d.claims.Claim(d.t.Context(), core.FormatXero, false)
	if err != nil {
		d.t.Fatal(err)
	}
	dir := d.t.TempDir()
	if !begun {
		d.conn.Close()
		return
	}
	e := core.PastExport{Format: core.FormatXero, LastSeq: 3, Rows: 3, File: "june.csv", Dir: dir, Begun: true, Recipe: core.Recipe{SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Files: 1}}
	if _, err := c.Begin(e); err != nil {
		d.t.Fatal(err)
	}
	if appeared {
		if err := os.WriteFile(filepath.Join(dir, "june.csv"), nil, 0o600); err != nil {
			d.t.Fatal(err)
		}
	}
	if done {
		c.Done(e)
	}
	if err := d.store.SaveExports([]core.PastExport{e}); err != nil {
		d.t.Fatal(err)
	}
	d.conn.Close()
}

func TestAWinnerThatDiesIsWaitedForAndTakenOverAfterAQuestion(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		begun, appeared, done bool
		mine, theirs          int // payments that are new for who died, and else for who takes over
	}{
		"before the file":  {false, false, false, 3, 3},
		"before it is":     {true, false, false, 3, 3},
		"after the file":   {true, true, false, 0, 3},
		"after it is done": {true, true, true, 0, 0},
	} {
		for _, returns := range []bool{true, false} {
			t.Run(fmt.Sprint(name, ", it returns ", returns), func(t *testing.T) {
				t.Parallel()
				r := newReceiver(t)
				maria, tom := r.join("Maria", 0), r.join("Tom", 0)
				receive(t, 1, 3, maria, tom)
				maria.dies(c.begun, c.appeared, c.done)
				var claimed *core.ClaimedError
				if _, err := tom.exportNew(true); !errors.As(err, &claimed) || claimed.By != "Maria" || claimed.Writing == c.done || claimed.Stale {
					t.Fatalf("at first: %v, %+v", err, claimed)
				}
				if returns {
					maria = maria.again()
					if c.appeared {
						if _, err := tom.exportNew(false); !errors.As(err, &claimed) || claimed.Writing || claimed.Rows != 3 {
							t.Errorf("what is in a file is exported again: %v", err)
						}
					}
					if rows, err := maria.exportNew(false); rows != c.mine || err != nil {
						t.Errorf("who died exports %d, %v", rows, err)
					}
					return
				}
				tom.claims.LosePatience()
				if _, err := tom.exportNew(false); !errors.As(err, &claimed) || claimed.Stale == c.done {
					t.Fatalf("later: %v, %+v", err, claimed)
				}
				rows, err := tom.exportNew(true)
				if rows != c.theirs || (err == nil) == c.done {
					t.Errorf("who takes over exports %d, %v", rows, err)
				}
			})
		}
	}
}

func TestWhoSleptThroughATakeoverWritesNoFile(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	receive(t, 1, 3, maria, tom)
	asleep, err := maria.claims.Claim(t.Context(), core.FormatXero, false)
	if err != nil {
		t.Fatal(err)
	}
	tom.claims.LosePatience()
	if rows, err := tom.exportNew(true); rows != 3 || err != nil {
		t.Fatal(rows, err)
	}
	var claimed *core.ClaimedError
	if _, err := asleep.Begin(core.PastExport{LastSeq: 3}); !errors.As(err, &claimed) || claimed.By != "Tom" || claimed.Rows != 3 {
		t.Fatal(err)
	}
	asleep.Release()
	if rows, err := tom.exportNew(false); rows != 0 || err != nil {
		t.Error(rows, err)
	}
}

func TestWhatIsForgottenIsNewForTheWholeOffice(t *testing.T) {
	r := newReceiver(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	receive(t, 1, 3, maria, tom)
	if rows, err := maria.exportNew(false); rows != 3 || err != nil {
		t.Fatal(rows, err)
	}
	receive(t, 4, 5, maria, tom)
	if rows, err := maria.exportNew(false); rows != 2 || err != nil {
		t.Fatal(rows, err)
	}
	past, err := maria.past.Past()
	if err != nil || len(past) != 2 {
		t.Fatal(past, err)
	}
	if err := maria.past.Forget(t.Context(), past[0]); err != nil { // not the newest: nothing is new
		t.Fatal(err)
	}
	if rows, err := tom.exportNew(false); rows != 0 || err == nil {
		t.Error(rows, err)
	}
	maria.claims.Leave()
	if err := maria.past.Forget(t.Context(), past[1]); !errors.Is(err, core.ErrOfficeAway) {
		t.Error(err)
	}
	maria.conn.Close()
	maria.connect()
	if err := maria.past.Forget(t.Context(), past[1]); err != nil {
		t.Fatal(err)
	}
	if rows, err := tom.exportNew(false); rows != 5 || err != nil {
		t.Error(rows, err)
	}
	if rows, err := maria.exportNew(false); rows != 0 || err == nil {
		t.Error("twice", rows, err)
	}
}

func TestAwayFromTheOfficeAPeriodIsExportedAndNotRemembered(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	d := r.join("Maria", 0)
	receive(t, 1, 3, d)
	d.claims.Leave()
	if _, err := d.exportNew(false); !errors.Is(err, core.ErrOfficeAway) {
		t.Fatal(err)
	}
	june := export.Query{Format: core.FormatXero, From: core.Date{Year: 2026, Month: 6, Day: 1}, To: core.Date{Year: 2026, Month: 6, Day: 30}, OneFile: true}
	done, err := d.past.Export(t.Context(), filepath.Join(t.TempDir(), "june.csv"), june, nil)
	if err != nil || done.Rows != 3 || !done.NotRemembered {
		t.Fatalf("%+v, %v", done, err)
	}
	if past, err := d.past.Past(); err != nil || len(past) != 0 {
		t.Error(past, err)
	}
}
