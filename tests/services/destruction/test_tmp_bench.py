import os, time, cProfile, pstats, secrets
import pytest
from app import clock
from app.db import db, transaction
from app.crypto import key_store
from app.destruction import services
from app.destruction.services import closing
from app.documents.models import Document, Item
from tests.fixtures.disposal import Archive
from sqlalchemy import select

@pytest.fixture
def database(): return "sqlite"

def test_bench(archive, after_waiting, monkeypatch, tmp_path):
    monkeypatch.setattr(closing, "issue_certificate", lambda _id: None)
    one = archive.log("man")
    n=500
    with transaction() as s:
        ids=[secrets.token_hex(16) for _ in range(n)]
        key_store().create_item_keys([(k, archive.client.key_id) for k in ids])
        for k in ids:
            d=Document(**{c.name:getattr(one,c.name) for c in Document.__table__.columns if c.name!="id"})
            d.note_sealed=None
            s.add(d); s.flush()
            s.add(Item(document_id=d.id,medium="atk",key_id=k,blob_id=None,media_type="application/pdf",size=1,created_at=clock.now()))
    one.disposable_from=None; db.session.commit()
    found=archive.approved()
    after_waiting()
    f=open(tmp_path/"x","wb"); t=time.perf_counter()
    for i in range(200): f.write(b"x"*4096); f.flush(); os.fdatasync(f.fileno())
    fd=(time.perf_counter()-t)/200
    pr=cProfile.Profile()
    from app.destruction.services import execution
    execution._begin(archive.manager, found.id)
    ids=execution.open_entries(found.id)
    t=time.perf_counter(); execution._destroy_batch(archive.manager, found.id, ids[:100]); a=time.perf_counter()-t
    t=time.perf_counter(); execution._destroy_batch(archive.manager, found.id, ids[100:200]); b=time.perf_counter()-t
    t=time.perf_counter(); execution._destroy_batch(archive.manager, found.id, ids[200:300]); c=time.perf_counter()-t
    pr.enable(); execution._destroy_batch(archive.manager, found.id, ids[300:400]); pr.disable()
    print("fdatasync ms", fd*1000, "batch ms", a*1000,b*1000,c*1000, "ratio", 100*fd/min(a,b,c))
    pstats.Stats(pr).sort_stats("cumulative").print_stats(45)
    assert 0
