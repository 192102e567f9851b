package hub

import (
	"io"
	"net"
	"sync"
	"time"
)

// silence is how long a desk may send nothing, or take nothing. It pings every 10 seconds.
// A laptop that falls asleep, or loses its network, hangs nothing up: without a limit it
// would count as present for as long as TCP sends again, which is a quarter of an hour.
const silence = time.Minute

// pass passes bytes between a desk and the server until either end leaves.
func pass(desk, inside net.Conn) {
	desk = timed{desk}
	var passing sync.WaitGroup
	passing.Go(func() {
		_, _ = io.Copy(inside, desk) // either end may leave at any time
		_ = inside.Close()           // and not desk: what the server said last, such as why it left, is on its way
	})
	passing.Go(func() {
		_, _ = io.Copy(desk, inside) // as above
		_, _ = inside.Close(), desk.Close()
	})
	passing.Wait()
}

// timed is a connection of which no read and no write takes longer than silence.
type timed struct{ net.Conn }

func (t timed) Read(b []byte) (int, error) {
	if err := t.SetReadDeadline(time.Now().Add(silence)); err != nil {
		return 0, err
	}
	return t.Conn.Read(b)
}

func (t timed) Write(b []byte) (int, error) {
	if err := t.SetWriteDeadline(time.Now().Add(silence)); err != nil {
		return 0, err
	}
	return t.Conn.Write(b)
}
