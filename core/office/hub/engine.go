package hub

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/shared"
)

const (
	engineDir    = "office" // in the data directory
	startLimit   = 10 * time.Second
	maxPayload   = 4 << 20  // bytes; a delivery has one at most, and its decoded form less
	maxMemory    = 64 << 20 // bytes of JetStream's memory store: consumers of desks
	maxDisk      = 8 << 30  // bytes
	mostInStream = 500_000  // events; who lacks older ones takes a snapshot
	requestLimit = 5 * time.Second
)

// errDamaged: JetStream does not start from what is in its folder.
var errDamaged = errors.New("the office's stream does not start")

// errLost: files of JetStream's are gone while it runs.
var errLost = errors.New("the office's stream has lost files")

// engine is JetStream, in this process or in a cluster, with a connection of our own.
type engine struct {
	cfg    Config
	leaf   *leaf // nil: JetStream is in this process
	copies int   // how many servers have the stream
	server *server.Server
	own    nkeys.KeyPair // made at each start; only this process has it
	conn   *nats.Conn
	js     jetstream.JetStream
	end    context.CancelCauseFunc // it is started again
}

// startEngine starts JetStream; afresh, from nothing. In a cluster JetStream is there, and
// nothing of it is on this computer. id is what this receiver is called there.
func startEngine(ctx context.Context, cfg Config, id string, afresh bool) (e *engine, err error) {
	e = &engine{cfg: cfg, copies: 1}
	if cfg.Cluster != nil {
		e.leaf, err = cfg.Cluster.leaf(ctx, id)
	} else {
		err = makeFolder(filepath.Join(cfg.Dir, engineDir), afresh)
	}
	if err != nil {
		return nil, err
	}
	if e.own, err = nkeys.CreateUser(); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	options, err := e.options(cfg.Roster.Desks())
	if err != nil {
		return nil, err
	}
	if e.server, err = server.NewServer(options); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if e.leaf != nil {
		e.server.SetLogger(e.leaf.ear, false, false)
	}
	e.server.Start() // returns at once, since it listens nowhere
	if err := e.connect(ctx); err != nil {
		e.stop()
		return nil, err
	}
	return e, nil
}

// makeFolder makes the folder of JetStream; afresh, an empty one.
func makeFolder(dir string, afresh bool) error {
	if afresh {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("clear the office's stream: %w", err)
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the folder of the office's stream: %w", err)
	}
	return nil
}

// connect waits until JetStream can be used.
func (e *engine) connect(ctx context.Context) error {
	if err := e.speak(); err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	if e.leaf != nil {
		return e.await(ctx)
	}
	return nil
}

func (e *engine) speak() error {
	if !e.server.ReadyForConnections(startLimit) || e.leaf == nil && !e.server.JetStreamEnabled() {
		return errors.New("it is not ready")
	}
	key, err := e.own.PublicKey()
	if err != nil {
		return err
	}
	e.conn, err = nats.Connect("", nats.InProcessServer(e.server), nats.Nkey(key, e.own.Sign), nats.NoReconnect())
	if err != nil {
		return err
	}
	limit := requestLimit
	if e.leaf != nil {
		limit = leafLimit
	}
	e.js, err = jetstream.New(e.conn, jetstream.WithDefaultTimeout(limit))
	return err
}

// options lets in this process and the desks.
func (e *engine) options(desks []office.Desk) (*server.Options, error) {
	key, err := e.own.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("read a key: %w", err)
	}
	o := &server.Options{
		ServerName: "rentbell", DontListen: true, NoSigs: true, NoLog: true, MaxPayload: maxPayload,
		Nkeys: []*server.NkeyUser{{Nkey: key}},
	}
	if e.leaf != nil {
		e.leaf.join(o)
	} else {
		o.JetStream, o.StoreDir, o.SyncAlways = true, filepath.Join(e.cfg.Dir, engineDir), true
		o.JetStreamMaxMemory, o.JetStreamMaxStore = maxMemory, maxDisk
	}
	for _, d := range desks {
		if !d.Revoked {
			may := permissions(d)
			if e.leaf != nil {
				e.leaf.rename(may.Publish.Allow)
			}
			o.Nkeys = append(o.Nkeys, &server.NkeyUser{Nkey: d.Key, Permissions: may})
		}
	}
	return o, nil
}

// permissions are what a desk may do: read, ask for a snapshot, and write what is shared.
// What counts for the whole office a manager asks the receiver for.
func permissions(d office.Desk) *server.Permissions {
	may := []string{office.SubjectSnapshot, office.SubjectOwn(d.Key)}
	streams := []string{office.StreamEvents, "KV_" + office.BucketOffice, office.StreamSnapshot}
	for _, bucket := range office.SharedBuckets() {
		may = append(may, "$KV."+bucket+".>")
		streams = append(streams, "KV_"+bucket)
	}
	if d.Manager {
		may = append(may, office.SubjectManage(d.Key))
	}
	for _, stream := range streams {
		may = append(may,
			"$JS.API.STREAM.INFO."+stream, "$JS.API.DIRECT.GET."+stream+".>", "$JS.API.DIRECT.GET."+stream, "$JS.API.STREAM.MSG.GET."+stream,
			"$JS.API.CONSUMER.CREATE."+stream+".>", "$JS.API.CONSUMER.CREATE."+stream, "$JS.API.CONSUMER.MSG.NEXT."+stream+".>",
			"$JS.API.CONSUMER.DELETE."+stream+".>", "$JS.API.CONSUMER.INFO."+stream+".>")
	}
	return &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: append(may, "$JS.FC.>")},
		Subscribe: &server.SubjectPermission{Allow: []string{office.InboxOf(d.Key) + ".>"}},
	}
}

// reload changes who may come in. Whoever may no more is cut off.
func (e *engine) reload(desks []office.Desk) error {
	options, err := e.options(desks)
	if err != nil {
		return err
	}
	return e.server.ReloadOptions(options)
}

// prepare makes what is missing of the stream and the buckets, and says which epoch it is.
func (e *engine) prepare(ctx context.Context, epoch string, account core.StatementAccount) error {
	bucket, err := e.officeBucket(ctx)
	if err != nil {
		return err
	}
	if _, err := e.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: office.BucketSnapshot, TTL: copyLife, Replicas: e.copies}); err != nil {
		return fmt.Errorf("make the bucket of snapshots: %w", err)
	}
	was, err := bucket.Get(ctx, office.KeyEpoch)
	if err != nil && !errors.Is(err, jetstream.ErrKeyNotFound) {
		return fmt.Errorf("read the epoch: %w", err)
	}
	same := err == nil && string(was.Value()) == epoch
	if err := shared.Prepare(ctx, e.js, account, e.copies, !same); err != nil {
		return err
	}
	if same {
		return nil
	}
	if err := e.js.DeleteStream(ctx, office.StreamEvents); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("clear the stream: %w", err)
	}
	if _, err := bucket.PutString(ctx, office.KeyEpoch, epoch); err != nil {
		return fmt.Errorf("tell the epoch: %w", err)
	}
	return nil
}

// lacksEpoch reports whether the epoch is lost, without which no desk can follow. Only who
// reads a file of JetStream's misses it: events may still be published then.
func (e *engine) lacksEpoch(ctx context.Context) bool {
	bucket, err := e.js.KeyValue(ctx, office.BucketOffice)
	if err == nil {
		_, err = bucket.Get(ctx, office.KeyEpoch)
	}
	return errors.Is(err, jetstream.ErrBucketNotFound) || errors.Is(err, jetstream.ErrKeyNotFound)
}

// officeBucket is made first. In a cluster it finds out how many copies there can be, and
// that no other receiver has the cluster's account.
func (e *engine) officeBucket(ctx context.Context) (bucket jetstream.KeyValue, err error) {
	if e.leaf != nil {
		e.copies = mostCopies
	}
	cfg := jetstream.KeyValueConfig{Bucket: office.BucketOffice, Replicas: e.copies}
	bucket, err = e.js.CreateOrUpdateKeyValue(ctx, cfg)
	if isCode(err, oneServer) {
		e.copies, cfg.Replicas = 1, 1
		bucket, err = e.js.CreateOrUpdateKeyValue(ctx, cfg)
	}
	switch {
	case isCode(err, fewServers):
		return nil, fmt.Errorf("%w: less than three of its servers are there", office.ErrClusterAway)
	case err != nil:
		return nil, fmt.Errorf("make the bucket of the office: %w", err)
	}
	if e.leaf != nil {
		err = e.leaf.claim(ctx, bucket)
	}
	return bucket, err
}

// door is a connection into the server, for the bytes of a desk that the gate has let
// through so far.
func (e *engine) door() (net.Conn, error) { return e.server.InProcessConn() }

func (e *engine) stop() {
	if e.conn != nil {
		e.conn.Close()
	}
	e.server.Shutdown()
	e.server.WaitForShutdown()
}
