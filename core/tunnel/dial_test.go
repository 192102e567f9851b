package tunnel

import (
	"context"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// newDialer is a dialer that nobody listens to.
func newDialer(dial dialFunc) *dialer {
	return &dialer{dial: dial, waiting: func(error, time.Time) {}, reached: func() {}, flaps: newBackoff()}
}

func TestDialEndsWithItsContext(t *testing.T) {
	hang := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	refuse := func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no") }
	for name, dial := range map[string]dialFunc{"in an attempt": hang, "in a pause": refuse} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error, 1)
				go func() {
					_, err := newDialer(dial).DialContext(ctx, "tcp", "service:443")
					ended <- err
				}()
				time.Sleep(time.Hour)
				cancel()
				synctest.Wait()
				select {
				case err := <-ended:
					if err == nil {
						t.Error("the dial succeeded")
					}
				default:
					t.Error("the dial goes on")
				}
			})
		})
	}
}

func TestAttemptThatHangsIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		d := newDialer(func(ctx context.Context, _, _ string) (net.Conn, error) {
			if attempts++; attempts == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			c, _ := net.Pipe()
			return c, nil
		})
		var why error
		d.waiting = func(err error, _ time.Time) { why = err }
		began := time.Now()
		c, err := d.DialContext(t.Context(), "tcp", "service:443")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if took := time.Since(began); took > dialTimeout+shortestPause || !errors.Is(why, context.DeadlineExceeded) {
			t.Errorf("the second attempt succeeded after %v and %v", took, why)
		}
	})
}

func TestRedialEndsAnAttemptThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		d := newDialer(func(ctx context.Context, _, _ string) (net.Conn, error) {
			attempts++
			<-ctx.Done() // as with packets sent from an address that is not ours any more
			return nil, ctx.Err()
		})
		d.waiting = func(err error, _ time.Time) { t.Errorf("redial was reported as %v", err) }
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		d.redial() // before there is anything
		go func() { _, _ = d.DialContext(ctx, "tcp", "service:443") }()
		synctest.Wait()
		for want := range 5 {
			if attempts != want+1 {
				t.Errorf("%d attempts after %d redials", attempts, want)
			}
			d.redial()
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
	})
}

func TestConnectionThatComesUpAfterRedialIsNotKept(t *testing.T) {
	var d *dialer
	var first net.Conn
	d = newDialer(func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		if first == nil {
			first = there
			d.redial() // meanwhile
		}
		return here, nil
	})
	c, err := d.DialContext(t.Context(), "tcp", "service:443")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := first.Write([]byte{0}); err == nil {
		t.Error("the connection from before was kept")
	}
}

func TestLineThatNobodySignsInOverEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := net.Pipe()
		defer there.Close()
		l := newLine(t.Context(), here)
		defer l.Close()
		began := time.Now()
		if _, err := l.Read(make([]byte, 1)); err == nil || time.Since(began) != signInTime {
			t.Errorf("Read ended after %v with %v", time.Since(began), err)
		}
	})
}

func TestLineThatIsSignedInLastsUntilItsContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		here, there := net.Pipe()
		defer there.Close()
		l := newLine(ctx, here)
		defer l.Close()
		l.signedIn()
		began := time.Now()
		time.AfterFunc(time.Hour, func() {
			cancel()
			synctest.Wait()
			l.signedIn() // the SDK's word comes late
		})
		if _, err := l.Read(make([]byte, 1)); err == nil || time.Since(began) != time.Hour+partingTime {
			t.Errorf("Read ended after %v with %v", time.Since(began), err)
		}
	})
}
