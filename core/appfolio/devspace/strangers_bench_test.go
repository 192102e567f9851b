package devspace

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rentbell/core"
)

// BenchmarkStrangers lets strangers at the receiver as it really serves, one attack
// after the other, while a genuine doorbell of 20 KB comes on a connection of its own
// every few milliseconds. It plays once, however large b.N is, and prints what they
// cost as a table. Only ratios mean something beyond one machine and one run.
func BenchmarkStrangers(b *testing.B) {
	ring := signedBy(b, bellOf("other", "0"))
	large := signedBy(b, strings.Replace(bellOf("other", "0"), "{", `{"x":"`+strings.Repeat("x", 1<<20-300)+`",`, 1))
	strays := signedBy(b, "["+strings.Repeat(bellOf("other", "0")+",", 4999)+bellOf("other", "0")+"]")
	forged := strings.Replace(ring, "other", "0ther", 1)
	head, rest, _ := strings.Cut(ring, "X-Jws-Signature: ")
	_, made, _ := strings.Cut(rest, "..")
	unnamed := func(i int) string {
		return head + "X-Jws-Signature: " + encode(fmt.Sprintf(`{"alg":"PS256","kid":"%d"}`, i)) + ".." + made
	}
	always := func(text string) func(int) string { return func(int) string { return text } }
	half := "POST " + core.WebhookPath + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n" + strings.Repeat("x", 600<<10)
	attacks := []struct {
		name string
		do   func(a *attack)
	}{
		{"nobody", func(*attack) {}},
		{"6,000 connections with one foreign doorbell each", func(a *attack) { a.open(6000, ring, true) }},
		{"6,000 connections that say nothing", func(a *attack) { a.open(6000, "", false) }},
		{"40 dribbled bodies", func(a *attack) { a.open(40, half, false) }},
		{"400 dribbled bodies", func(a *attack) { a.open(400, half, false) }},
		{"a foreign doorbell, again and again", func(a *attack) { a.send(always(ring)) }},
		{"one of 1 MiB", func(a *attack) { a.send(always(large)) }},
		{"a batch of 5,000", func(a *attack) { a.send(always(strays)) }},
		{"wrong signatures", func(a *attack) { a.send(always(forged)) }},
		{"unknown keys", func(a *attack) { a.send(unnamed) }},
	}
	var table strings.Builder
	fmt.Fprintf(&table, "%-50s %8s %8s %8s %6s %6s %9s %8s %9s", "attack", "p50 ms", "p99 ms", "failed", "sent", "held", "heap MiB", "log", "kept")
	genuine := make([]string, 150)
	for i := range genuine {
		genuine[i] = signedBy(b, strings.Replace(bellOf(clientID, fmt.Sprint(i)), "{", `{"x":"`+strings.Repeat("x", 20_000)+`",`, 1))
	}
	for _, tt := range attacks {
		line := besiege(b, genuine, tt.do)
		fmt.Fprintf(&table, "\n%-50s %s", tt.name, line)
	}
	b.Log(table.String())
}

// longestSiege bounds an attack under which genuine deliveries wait.
const longestSiege = 3 * time.Second

// signedBy is a delivery as bytes.
func signedBy(t testing.TB, body string) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nX-Jws-Signature: %s\r\nContent-Length: %d\r\n\r\n%s", core.WebhookPath, signAs(t, ours(), "a", body), len(body), body)
}

// besiege plays one attack and returns a line of the table.
func besiege(b *testing.B, genuine []string, do func(*attack)) string {
	d := newDesk(b)
	defer d.rested()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	open := make(chan string, 1)
	unwatch := d.Watch(func(c core.Change) {
		if c.Status.Connection == core.Listening {
			select {
			case open <- strings.TrimPrefix(c.Status.Address, "http://"):
			default:
			}
		}
	})
	defer unwatch()
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	running.Go(func() { d.Run(ctx) })
	a := &attack{address: <-open, ctx: ctx}
	if _, err := exchange(ctx, a.address, genuine[0]); err != nil { // AppFolio's keys are known
		b.Error(err)
	}
	do(a)
	var took []time.Duration
	failed, heap := 0, uint64(0)
	for start, i := time.Now(), 1; i < len(genuine) && time.Since(start) < longestSiege; i++ {
		began := time.Now()
		if status, err := exchange(ctx, a.address, genuine[i]); err != nil || status != http.StatusOK {
			failed++
		}
		took = append(took, time.Since(began))
		var m runtime.MemStats
		if len(took)%25 == 0 {
			runtime.ReadMemStats(&m)
			heap = max(heap, m.HeapInuse)
		}
		time.Sleep(15 * time.Millisecond)
	}
	slices.Sort(took)
	held := a.held()
	s := d.Status().Summary
	milliseconds := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	line := fmt.Sprintf("%8.2f %8.2f %8d %6d %6d %9d %8d %9d", milliseconds(took[len(took)/2]), milliseconds(took[len(took)*99/100]), failed, a.sent.Load(), held,
		heap>>20, d.log.count("\n"), s.Events+s.Quarantined-len(took)-1+failed)
	stop()
	a.end()
	return line
}

// exchange delivers a request on a connection of its own.
func exchange(ctx context.Context, address, request string) (status int, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close() }() // it was answered
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		return 0, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	_, _ = io.Copy(io.Discard, resp.Body) // the status is what counts
	return resp.StatusCode, nil
}

// attack is what strangers do.
type attack struct {
	address string
	ctx     context.Context
	conns   []net.Conn
	senders sync.WaitGroup
	sent    atomic.Int64
}

// open makes connections that stay. Each sends text and, if answered, takes an answer.
func (a *attack) open(n int, text string, answered bool) {
	for range n {
		conn, err := net.Dial("tcp", a.address)
		if err != nil {
			continue
		}
		a.conns = append(a.conns, conn)
		_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
		_, _ = io.WriteString(conn, text) // it may be sent away
		if answered {
			_, _ = conn.Read(make([]byte, 1<<10))
		}
		a.sent.Add(1)
	}
}

// held counts the connections that are still there.
func (a *attack) held() (n int) {
	for _, conn := range a.conns {
		_ = conn.SetReadDeadline(time.Now().Add(time.Millisecond))
		_, err := io.Copy(io.Discard, conn) // an answer may have come; nil: it was closed
		if trouble, ok := err.(net.Error); ok && trouble.Timeout() {
			n++
		}
	}
	return n
}

// send has four strangers send until the attack ends, each on one connection.
func (a *attack) send(request func(i int) string) {
	for range 4 {
		a.senders.Go(func() {
			for a.ctx.Err() == nil {
				a.hammer(request)
			}
		})
	}
}

func (a *attack) hammer(request func(i int) string) {
	conn, err := net.Dial("tcp", a.address)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }() // it is done with
	defer context.AfterFunc(a.ctx, func() { _ = conn.Close() })()
	answers := bufio.NewReader(conn)
	for {
		if _, err := io.WriteString(conn, request(int(a.sent.Load()))); err != nil {
			return
		}
		resp, err := http.ReadResponse(answers, nil)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.Close {
			return
		}
		a.sent.Add(1)
	}
}

func (a *attack) end() {
	for _, conn := range a.conns {
		_ = conn.Close() // it was an attacker's
	}
	a.senders.Wait()
}
